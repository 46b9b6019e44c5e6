using Moderato.Server.Releases;
using Moderato.Server.Storage;

namespace Moderato.Server.Decisions;

/// <summary>
/// Finishes what was answered provisionally by a process that ended before the final decision was there: at the start, and every few
/// minutes for other nodes. A final decision is committed once, whoever comes first.
/// </summary>
public sealed partial class ProvisionalWork(Store store, Workspaces workspaces, StoredContents contents, DecisionMaker maker, TimeProvider time, ILogger<ProvisionalWork> logger) : BackgroundService
{
    private const int AtOnce = 50;

    private static readonly TimeSpan Every = TimeSpan.FromMinutes(5);

    /// <summary>A younger one may still be under way in another process.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    /// <summary>An older one is nobody's any more: its platform has acted on the provisional verdict.</summary>
    private static readonly TimeSpan Oldest = TimeSpan.FromDays(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // In a store of one process nobody else is there who could be at it.
        await ResumeAsync(store.IsShared ? Patience : TimeSpan.Zero, stoppingToken);
        using var timer = new PeriodicTimer(Every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await ResumeAsync(Patience, stoppingToken);
        }
    }

    private async Task ResumeAsync(TimeSpan youngest, CancellationToken cancel)
    {
        try
        {
            foreach (var workspace in workspaces.All)
            {
                await ResumeAsync(workspace.Id, youngest, cancel);
            }
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            LogLater(failure.GetType().Name);
        }
    }

    private async Task ResumeAsync(int workspace, TimeSpan youngest, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var from = now - Oldest;
        while (await contents.UnfinishedAsync(workspace, from, now - youngest, AtOnce, cancel) is { Count: > 0 } page)
        {
            await Task.WhenAll(page.Where(one => one.Content is not null).Select(one => maker.ResumeAsync(workspace, one.Content!, one.Standing)));
            LogResumed(page.Count);

            // What could not be finished now is tried the next time.
            from = page[^1].Standing.Time + TimeSpan.FromMilliseconds(1);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} provisional decisions of a process that has ended were decided to their end.")]
    private partial void LogResumed(int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Provisional decisions were not looked for ({Failure}); it is tried again.")]
    private partial void LogLater(string failure);
}
