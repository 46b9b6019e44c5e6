using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Moderato.Server.Hosting;
using Moderato.Webhooks;

namespace Moderato.Server.Webhooks;

/// <summary>Sends one event to one address, once. Follows no redirect, uses no proxy, reads nothing of the answer but its head.</summary>
public sealed class WebhookSender : IDisposable
{
    public const string EventIdHeader = "Moderato-Event-Id";

    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private readonly HttpClient client;
    private readonly TimeProvider time;

    public WebhookSender(WebhookTargets targets, TimeProvider time)
    {
        this.time = time;
        client = new(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            ConnectCallback = targets.ConnectAsync,
            MaxResponseHeadersLength = 16,
            MaxResponseDrainSize = 16 * 1024,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        })
        { Timeout = System.Threading.Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.UserAgent.ParseAdd("Moderato-Webhooks/1");
    }

    public async Task<SendOutcome> SendAsync(Webhook webhook, EventBody body, CancellationToken stopping)
    {
        byte[] bytes = JsonSerializer.SerializeToUtf8Bytes(body, ServerJson.Default.EventBody);
        var now = time.GetUtcNow();
        using var request = new HttpRequestMessage(HttpMethod.Post, webhook.Url) { Content = new ByteArrayContent(bytes) };
        request.Content.Headers.ContentType = new("application/json") { CharSet = "utf-8" };
        request.Headers.Add(EventIdHeader, body.Id);
        request.Headers.Add(WebhookSignature.Header, WebhookSignature.Of(now, bytes, webhook.SecretsAt(now)));
        using var late = new CancellationTokenSource(Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, stopping);
        try
        {
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            string status = ((int)answer.StatusCode).ToString(CultureInfo.InvariantCulture);
            return answer.IsSuccessStatusCode ? new SendOutcome.Delivered(status)
                : answer.StatusCode == HttpStatusCode.Gone ? new SendOutcome.Gone()
                : new SendOutcome.Failed(status, RetryAfter(answer.Headers.RetryAfter));
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            return new SendOutcome.Failed("timeout", null);
        }
        catch (HttpRequestException failure)
        {
            return new SendOutcome.Failed(WhyOf(failure), null);
        }
    }

    public void Dispose() => client.Dispose();

    // A connection that breaks before the answer is one thing, whether the other side closed it or reset it.
    private static string WhyOf(HttpRequestException failure) => failure switch
    {
        { InnerException: AddressNotAllowedException } => "addressNotAllowed",
        { HttpRequestError: HttpRequestError.ResponseEnded } or { HttpRequestError: HttpRequestError.Unknown, InnerException: IOException } => "responseEnded",
        _ => JsonNamingPolicy.CamelCase.ConvertName(failure.HttpRequestError.ToString()),
    };

    private TimeSpan? RetryAfter(RetryConditionHeaderValue? header)
    {
        var wait = header?.Delta ?? header?.Date - time.GetUtcNow();
        return wait > TimeSpan.Zero ? wait : null;
    }
}

/// <summary>What one attempt came to.</summary>
public abstract record SendOutcome
{
    private SendOutcome()
    {
    }

    /// <summary>The receiver answered with 2xx.</summary>
    public sealed record Delivered(string Status) : SendOutcome;

    /// <param name="Why">The status, or what kept it from being given; nothing of what the receiver wrote.</param>
    public sealed record Failed(string Why, TimeSpan? RetryAfter) : SendOutcome;

    /// <summary>410: the receiver wants no more.</summary>
    public sealed record Gone : SendOutcome;
}
