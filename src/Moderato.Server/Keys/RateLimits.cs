using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Moderato.Server.Hosting;

namespace Moderato.Server.Keys;

/// <summary>So many requests a second for each key; its own limit, else the server's.</summary>
public static class RateLimits
{
    public static void Configure(RateLimiterOptions options, ServerSettings settings)
    {
        options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, (int Key, int Limit)>(http =>
        {
            if (http.Features.Get<Caller>() is not { } caller)
            {
                return RateLimitPartition.GetNoLimiter((Key: 0, Limit: 0));
            }

            return RateLimitPartition.GetTokenBucketLimiter((Key: caller.KeyId, Limit: caller.RequestsPerSecond ?? settings.RequestsPerSecond), key => new()
            {
                TokenLimit = key.Limit,
                TokensPerPeriod = key.Limit,
                ReplenishmentPeriod = TimeSpan.FromSeconds(1),
                AutoReplenishment = true,
            });
        });
        options.OnRejected = (context, _) => new(Problems.TooManyRequests(context.HttpContext.Caller().RequestsPerSecond ?? settings.RequestsPerSecond).ExecuteAsync(context.HttpContext));
    }
}
