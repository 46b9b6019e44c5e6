using Moderato.Server.Hosting;

namespace Moderato.Server.Reviews;

/// <summary>Looks every few seconds for reviews whose wait has run out.</summary>
public sealed class ReviewExpiry(ReviewQueries reviews, TimeProvider time, ILogger<ReviewExpiry> logger)
    : RecurringWork(TimeSpan.FromSeconds(5), FirstTurn.AtOnce, time, logger)
{
    protected internal override async Task RunAsync(CancellationToken cancel)
    {
        while (await reviews.ExpireAsync(Time.GetUtcNow(), cancel) > 0)
        {
        }
    }
}
