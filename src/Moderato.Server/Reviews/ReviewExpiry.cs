namespace Moderato.Server.Reviews;

/// <summary>Looks every few seconds for reviews whose wait has run out.</summary>
public sealed partial class ReviewExpiry(ReviewQueries reviews, TimeProvider time, ILogger<ReviewExpiry> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        do
        {
            try
            {
                while (await reviews.ExpireAsync(time.GetUtcNow(), stoppingToken) > 0)
                {
                }
            }
            catch (System.Data.Common.DbException failure)
            {
                LogLater(failure.GetType().Name);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Reviews past their wait were not looked for ({Failure}); it is tried again.")]
    private partial void LogLater(string failure);
}
