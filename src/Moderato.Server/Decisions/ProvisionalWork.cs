using Moderato.Server.Hosting;
using Moderato.Server.Releases;
using Moderato.Server.Storage;

namespace Moderato.Server.Decisions;

/// <summary>
/// Finishes what was answered provisionally by a process that ended before the final decision was there: at the start, and every few
/// minutes for other nodes. A final decision is committed once, whoever comes first.
/// </summary>
public sealed partial class ProvisionalWork(Store store, Workspaces workspaces, StoredContents contents, DecisionMaker maker, TimeProvider time, ILogger<ProvisionalWork> logger)
    : RecurringWork(TimeSpan.FromMinutes(5), FirstTurn.AtOnce, time, logger)
{
    private const int AtOnce = 50;

    /// <summary>A younger one may still be under way, in this process or another.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    /// <summary>An older one is nobody's any more: its platform has acted on the provisional verdict.</summary>
    private static readonly TimeSpan Oldest = TimeSpan.FromDays(1);

    private readonly ILogger logger = logger;
    private readonly DateTimeOffset started = time.GetUtcNow();

    protected internal override async Task RunAsync(CancellationToken cancel)
    {
        var now = Time.GetUtcNow();
        var before = now - Patience;
        if (!store.IsShared && started > before)
        {
            // In a store of one process, whoever was at it before this one's start has ended.
            before = started;
        }

        foreach (var workspace in workspaces.All)
        {
            await ResumeAsync(workspace.Id, now - Oldest, before, cancel);
        }
    }

    private async Task ResumeAsync(int workspace, DateTimeOffset from, DateTimeOffset before, CancellationToken cancel)
    {
        while (await contents.UnfinishedAsync(workspace, from, before, AtOnce, cancel) is { Count: > 0 } page)
        {
            await Task.WhenAll(page.Where(one => one.Content is not null).Select(one => maker.ResumeAsync(workspace, one.Content!, one.Standing)));
            LogResumed(page.Count);

            // What could not be finished now is tried the next time.
            from = page[^1].Standing.Time + TimeSpan.FromMilliseconds(1);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} provisional decisions of a process that has ended were decided to their end.")]
    private partial void LogResumed(int count);
}
