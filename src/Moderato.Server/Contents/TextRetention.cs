using Moderato.Server.Hosting;

namespace Moderato.Server.Contents;

/// <summary>Deletes texts that are older than they may be kept, once an hour; where the settings name no age, none.</summary>
public sealed partial class TextRetention(ContentQueries contents, ServerSettings settings, TimeProvider time, ILogger<TextRetention> logger)
    : RecurringWork(TimeSpan.FromHours(1), FirstTurn.AtOnce, time, logger)
{
    private readonly ILogger logger = logger;

    protected internal override async Task RunAsync(CancellationToken cancel)
    {
        if (settings.TextRetentionDays is { } days
            && await contents.DeleteStoredBeforeAsync(Time.GetUtcNow() - TimeSpan.FromDays(days), cancel) is > 0 and var deleted)
        {
            LogDeleted(deleted, days);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} texts older than {Days} days were deleted.")]
    private partial void LogDeleted(int count, int days);
}
