using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Moderato.Classification;
using Polly.CircuitBreaker;
using Polly.RateLimiting;
using Polly.Timeout;

namespace Moderato.Server.Classification;

/// <summary>What a call that did not go well comes to.</summary>
internal static class EndpointFaults
{
    /// <returns>Null for what no provider can be blamed for: a defect of ours.</returns>
    public static TierOutcome? Of(Exception wrong)
    {
        foreach (var cause in Causes(wrong))
        {
            switch (cause)
            {
                case BrokenCircuitException:
                    return new TierOutcome.NotAsked(NotAskedBecause.CircuitOpen);
                case RateLimiterRejectedException:
                    return new TierOutcome.NotAsked(NotAskedBecause.QueueFull);
                case TimeoutRejectedException:
                    return new TierOutcome.Failed(ProviderFault.NoAnswerInTime);
                case HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError }:
                    return new TierOutcome.Failed(ProviderFault.NameNotResolved);
                case HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError }:
                    return new TierOutcome.Failed(ProviderFault.TlsFailed);
                case HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError }:
                    return new TierOutcome.Failed(ProviderFault.ConnectionRefused);
                case HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded }:
                    return new TierOutcome.Failed(ProviderFault.AnswerTooLarge);
                case HttpRequestException or HttpIOException or IOException or SocketException:
                    return new TierOutcome.Failed(ProviderFault.ConnectionLost);
            }
        }

        return null;
    }

    /// <summary>An answer whose status says no.</summary>
    public static ProviderFault Of(int status, ReadOnlySpan<byte> body) => status switch
    {
        400 => IsContentFilter(body) ? ProviderFault.ContentFiltered : ProviderFault.BadRequest,
        401 => ProviderFault.Unauthorized,
        403 => ProviderFault.Forbidden,
        404 => ProviderFault.NotFound,
        408 => ProviderFault.RequestTimeout,
        413 => ProviderFault.TooLarge,
        422 => ProviderFault.Unprocessable,
        429 => ProviderFault.RateLimited,
        500 => ProviderFault.ServerError,
        502 => ProviderFault.BadGateway,
        503 => ProviderFault.Unavailable,
        504 => ProviderFault.GatewayTimeout,
        529 => ProviderFault.Overloaded,
        >= 300 and < 400 => ProviderFault.Redirected,
        _ => ProviderFault.UnexpectedStatus,
    };

    /// <summary>Whether nothing was charged, so that asking again costs time only.</summary>
    public static bool IsSafeToRepeat(Exception? wrong, HttpStatusCode? status) => wrong is null
        ? status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable || (int?)status == 529
        : wrong is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError };

    /// <summary>Azure's and others' own filter refuses to read the content at all.</summary>
    private static bool IsContentFilter(ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            return JsonDocument.TryParseValue(ref reader, out var document)
                && document.RootElement is { ValueKind: JsonValueKind.Object } root
                && root.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.Object
                && error.TryGetProperty("code", out var code) && code.ValueKind == JsonValueKind.String
                && code.GetString() is "content_filter" or "content_policy_violation" or "ResponsibleAIPolicyViolation";
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static IEnumerable<Exception> Causes(Exception wrong)
    {
        for (Exception? cause = wrong; cause is not null; cause = cause.InnerException)
        {
            yield return cause;
        }

        if (wrong is AggregateException several)
        {
            foreach (var one in several.InnerExceptions.SelectMany(Causes))
            {
                yield return one;
            }
        }
    }
}
