using Microsoft.EntityFrameworkCore;
using Moderato.Server.Storage;

namespace Moderato.Server.Releases;

/// <summary>Deletes what shadows said more than <see cref="Kept"/> ago, once an hour: whether to promote one is settled by then.</summary>
public sealed partial class ShadowRetention(Store store, Shadows shadows, TimeProvider time, ILogger<ShadowRetention> logger) : BackgroundService
{
    public static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    internal async Task<int> RunAsync(CancellationToken cancel)
    {
        await using var state = store.State();
        int deleted = 0;
        foreach (var release in await state.Releases.AsNoTracking().Select(release => new { release.Workspace, release.Id }).ToListAsync(cancel))
        {
            deleted += await shadows.DeleteBeforeAsync(release.Workspace, release.Id, time.GetUtcNow() - Kept, cancel);
        }

        return deleted;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await RunAsync(stoppingToken);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                LogLater(failure.GetType().Name);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Old decisions of shadows were not deleted ({Failure}); it is tried again in an hour.")]
    private partial void LogLater(string failure);
}
