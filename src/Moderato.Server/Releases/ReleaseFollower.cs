using Moderato.Classification;
using Moderato.Server.Storage;

namespace Moderato.Server.Releases;

/// <summary>
/// Keeps this node's releases those of the store: told by the store where it can tell (PostgreSQL's NOTIFY), and looking every
/// <see cref="Every"/> in any case. Writes down that an override is over.
/// </summary>
public sealed partial class ReleaseFollower(Store store, LiveReleases live, ReleaseStore releases, ILogger<ReleaseFollower> logger) : BackgroundService
{
    public static readonly TimeSpan Every = TimeSpan.FromMilliseconds(400);

    private readonly SemaphoreSlim wake = new(0);

    public override void Dispose()
    {
        base.Dispose();
        wake.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(FollowAsync(stoppingToken), ListenAsync(stoppingToken));

    private async Task FollowAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            await wake.WaitAsync(Every, stopping);
            try
            {
                foreach (int workspace in live.Ended())
                {
                    await releases.EndOverrideAsync(workspace, stopping);
                }

                await live.FollowAsync(stopping);
            }
            catch (UnusableFileException wrong)
            {
                LogUnusable(wrong.Message, wrong.Remedy);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                LogStale(failure.GetType().Name);
            }
        }
    }

    private async Task ListenAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await store.ListenAsync(() => wake.Release(), stopping);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                // Looking goes on meanwhile.
                LogDeaf(failure.GetType().Name);
                await Task.Delay(Every, stopping);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The live release cannot be followed: {Found}. {Remedy}. The one before goes on deciding here.")]
    private partial void LogUnusable(string found, string remedy);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The live release could not be read again ({Failure}); the one known before goes on deciding.")]
    private partial void LogStale(string failure);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The store's notices are not heard ({Failure}); the release is looked up instead.")]
    private partial void LogDeaf(string failure);
}
