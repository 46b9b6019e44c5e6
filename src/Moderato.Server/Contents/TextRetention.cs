using Moderato.Server.Hosting;

namespace Moderato.Server.Contents;

/// <summary>Deletes texts that are older than they may be kept, once an hour.</summary>
public sealed partial class TextRetention(ContentQueries contents, ServerSettings settings, TimeProvider time, ILogger<TextRetention> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (settings.TextRetentionDays is not { } days)
        {
            return;
        }

        using var timer = new PeriodicTimer(Every, time);
        do
        {
            try
            {
                int deleted = await contents.DeleteStoredBeforeAsync(time.GetUtcNow() - TimeSpan.FromDays(days), stoppingToken);
                if (deleted > 0)
                {
                    LogDeleted(deleted, days);
                }
            }
            catch (System.Data.Common.DbException failure)
            {
                LogLater(failure.GetType().Name);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} texts older than {Days} days were deleted.")]
    private partial void LogDeleted(int count, int days);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Old texts were not deleted ({Failure}); it is tried again in an hour.")]
    private partial void LogLater(string failure);
}
