using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Authorization;
using Moderato.Server.Hosting;

namespace Moderato.Server.Keys;

/// <summary>
/// Nobody comes in without a key in force, no more often than the key may, and only to what its scopes allow:
/// <c>Authorization: Bearer mod_…</c>, or <c>?key=</c> where an endpoint's own protocol has it there (<see cref="KeyInQuery"/>). An
/// endpoint that asks nothing still needs a key, and so does a path that leads nowhere; only one that says that it is open needs none.
/// </summary>
public sealed partial class KeyGate(RequestDelegate next, KeyRing ring, ServerSettings settings, ILogger<KeyGate> logger)
{
    private const string Bearer = "Bearer ";

    private readonly PartitionedRateLimiter<Caller> limits = PartitionedRateLimiter.Create<Caller, (int Key, int Limit)>(
        caller => RateLimitPartition.GetTokenBucketLimiter((Key: caller.KeyId, Limit: LimitOf(caller, settings)), key => new()
        {
            TokenLimit = key.Limit,
            TokensPerPeriod = key.Limit,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            AutoReplenishment = true,
        }));

    public Task InvokeAsync(HttpContext http)
    {
        var endpoint = http.GetEndpoint();
        if (endpoint?.Metadata.GetMetadata<IAllowAnonymous>() is not null || LetsIn(http, endpoint, out var refusal))
        {
            return next(http);
        }

        if (refusal.Status == StatusCodes.Status401Unauthorized)
        {
            http.Response.Headers.WWWAuthenticate = "Bearer";
        }

        return refusal.ExecuteAsync(http);
    }

    private bool LetsIn(HttpContext http, Endpoint? endpoint, out Problem refusal)
    {
        refusal = Problems.NoKey;
        switch (ring.Check(Sent(http.Request, endpoint)))
        {
            case KeyCheck.Usable usable when !MayAskNow(usable.Caller):
                refusal = Problems.TooManyRequests(LimitOf(usable.Caller, settings));
                return false;
            case KeyCheck.Usable usable when endpoint?.Metadata.GetMetadata<NeededScope>() is { } needed && !usable.Caller.May(needed.Scope):
                LogForbidden(usable.Caller.KeyId, endpoint.DisplayName);
                refusal = Problems.Forbidden(usable.Caller, needed);
                return false;
            case KeyCheck.Usable usable:
                http.Features.Set(usable.Caller);
                return true;
            case KeyCheck.Unusable(var why, var id):
                LogRefused(id, why);
                refusal = Problems.Unauthorized($"The key is known, but {why}");
                return false;
            case KeyCheck.Unknown:
                LogUnknown();
                refusal = Problems.Unauthorized("The key is not known here");
                return false;
            default:
                return false;
        }
    }

    private bool MayAskNow(Caller caller)
    {
        using var lease = limits.AttemptAcquire(caller);
        return lease.IsAcquired;
    }

    private static int LimitOf(Caller caller, ServerSettings settings) => caller.RequestsPerSecond ?? settings.RequestsPerSecond;

    /// <summary>Empty where none was sent.</summary>
    private static ReadOnlySpan<char> Sent(HttpRequest request, Endpoint? endpoint)
    {
        var header = ((string?)request.Headers.Authorization).AsSpan();
        return header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? header[Bearer.Length..].Trim()
            : endpoint?.Metadata.GetMetadata<KeyInQuery>() is not null ? ((string?)request.Query["key"]).AsSpan()
            : [];
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Key {Key} was refused: {Why}.")]
    private partial void LogRefused(int key, string why);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A key was refused that is not known.")]
    private partial void LogUnknown();

    [LoggerMessage(Level = LogLevel.Warning, Message = "Key {Key} lacks the scope for {Endpoint}.")]
    private partial void LogForbidden(int key, string? endpoint);
}

/// <summary>Metadata of an endpoint whose protocol sends the key as <c>?key=</c>.</summary>
public sealed record KeyInQuery;
