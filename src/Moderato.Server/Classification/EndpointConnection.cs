using System.ClientModel;
using System.ClientModel.Primitives;
using System.Net;
using Microsoft.Extensions.Http.Resilience;
using Moderato.Classification;
using Moderato.Classification.Llm;
using OpenAI;
using Polly;

namespace Moderato.Server.Classification;

/// <summary>
/// One endpoint of OpenAI's interface: the SDK's client over a transport of ours that limits, repeats and gives up. The SDK
/// signs and sends; what comes back is read as bytes, because a client that trusts its provider cannot say how it failed.
/// </summary>
public sealed class EndpointConnection : IDisposable
{
    /// <summary>A verdict is a few hundred bytes; a provider that sends more than this is broken.</summary>
    private const int MostBytes = 1 << 20;

    /// <summary>A provider that asks for more patience gets none: the content has somewhere else to go.</summary>
    private static readonly TimeSpan LongestPatience = TimeSpan.FromSeconds(2);

    private readonly EndpointSettings settings;
    private readonly TimeProvider time;
    private readonly HttpClient http;
    private readonly OpenAIClient client;

    /// <param name="key">Null for an endpoint that wants none.</param>
    public EndpointConnection(EndpointSettings settings, string? key, TimeProvider time)
    {
        this.settings = settings;
        this.time = time;
        var sockets = new SocketsHttpHandler
        {
            // A redirect would carry the key, and content, to whom nobody chose.
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.All,
            ConnectTimeout = TimeSpan.FromSeconds(5),
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        };
        http = new HttpClient(new ResilienceHandler(Pipeline()) { InnerHandler = sockets }) { Timeout = Timeout.InfiniteTimeSpan };
        client = new OpenAIClient(new ApiKeyCredential(key ?? "none"), new OpenAIClientOptions
        {
            Endpoint = settings.Url,
            Transport = new HttpClientPipelineTransport(http),
            RetryPolicy = new ClientRetryPolicy(0),
            NetworkTimeout = Timeout.InfiniteTimeSpan,
        });
    }

    public EndpointSettings Settings => settings;

    public void Dispose() => http.Dispose();

    /// <returns>The body of a 200, or what happened instead.</returns>
    /// <exception cref="OperationCanceledException">The caller's time ran out.</exception>
    public async Task<(byte[]? Body, TierOutcome? Instead)> AskAsync(LlmEndpoint endpoint, byte[] body, CancellationToken cancel)
    {
        try
        {
            using var response = await SendAsync(endpoint, body, cancel);
            return await ReadAsync(response, cancel);
        }
        catch (Exception wrong) when (!cancel.IsCancellationRequested && EndpointFaults.Of(wrong) is { } outcome)
        {
            return (null, outcome);
        }
    }

    private async Task<PipelineResponse> SendAsync(LlmEndpoint endpoint, byte[] body, CancellationToken cancel)
    {
        string path = endpoint switch { LlmEndpoint.Chat => "chat/completions", LlmEndpoint.Completions => "completions", _ => "moderations" };
        using var message = client.Pipeline.CreateMessage();
        message.BufferResponse = false;
        message.Request.Method = "POST";
        message.Request.Uri = new Uri($"{settings.Url.ToString().TrimEnd('/')}/{path}");
        message.Request.Headers.Add("Content-Type", "application/json");
        message.Request.Headers.Add("Accept", "application/json");
        message.Request.Content = BinaryContent.Create(BinaryData.FromBytes(body));
        message.Apply(new RequestOptions { CancellationToken = cancel, ErrorOptions = ClientErrorBehaviors.NoThrow, BufferResponse = false });
        await client.Pipeline.SendAsync(message);
        return message.ExtractResponse()!;
    }

    private async Task<(byte[]? Body, TierOutcome? Instead)> ReadAsync(PipelineResponse response, CancellationToken cancel)
    {
        using var slow = new CancellationTokenSource(TimeSpan.FromMilliseconds(settings.TimeoutMs), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(slow.Token, cancel);
        using var bytes = new MemoryStream();
        try
        {
            var chunk = new byte[16 * 1024];
            for (int read; (read = await response.ContentStream!.ReadAsync(chunk, either.Token)) > 0;)
            {
                if (bytes.Length + read > MostBytes)
                {
                    return (null, new TierOutcome.Failed(ProviderFault.AnswerTooLarge));
                }

                bytes.Write(chunk, 0, read);
            }
        }
        catch (OperationCanceledException) when (slow.IsCancellationRequested)
        {
            return (null, new TierOutcome.Failed(ProviderFault.AnswerTooSlow));
        }

        return response.Status == 200
            ? (bytes.ToArray(), null)
            : (null, new TierOutcome.Failed(EndpointFaults.Of(response.Status, bytes.GetBuffer().AsSpan(0, (int)bytes.Length))));
    }

    private ResiliencePipeline<HttpResponseMessage> Pipeline()
    {
        var builder = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = time };
        builder.AddConcurrencyLimiter(settings.MostAtOnce, settings.MostWaiting);
        if (settings.Retries > 0)
        {
            builder.AddRetry(new HttpRetryStrategyOptions
            {
                MaxRetryAttempts = settings.Retries,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = TimeSpan.FromMilliseconds(200),
                MaxDelay = LongestPatience,
                ShouldRetryAfterHeader = false,
                ShouldHandle = attempt => ValueTask.FromResult(
                    EndpointFaults.IsSafeToRepeat(attempt.Outcome.Exception, attempt.Outcome.Result?.StatusCode)
                    && !(Patience(attempt.Outcome.Result) > LongestPatience)),
                DelayGenerator = attempt => ValueTask.FromResult(Patience(attempt.Outcome.Result)),
            });
        }

        return builder
            .AddCircuitBreaker(new HttpCircuitBreakerStrategyOptions
            {
                FailureRatio = 0.5,
                MinimumThroughput = 10,
                SamplingDuration = TimeSpan.FromSeconds(30),
                BreakDuration = TimeSpan.FromSeconds(15),
            })
            .AddTimeout(TimeSpan.FromMilliseconds(settings.TimeoutMs))
            .Build();
    }

    /// <summary>How long the provider asks us to wait. A date is read against the provider's own clock, which may not be ours.</summary>
    private TimeSpan? Patience(HttpResponseMessage? response) => response?.Headers.RetryAfter switch
    {
        { Delta: { } wait } => wait,
        { Date: { } until } => TimeSpan.FromTicks(Math.Max(0, (until - (response.Headers.Date ?? time.GetUtcNow())).Ticks)),
        _ => null,
    };
}
