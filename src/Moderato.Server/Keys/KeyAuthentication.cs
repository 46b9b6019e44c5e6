using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Moderato.Server.Hosting;

namespace Moderato.Server.Keys;

/// <summary><c>Authorization: Bearer mod_…</c>, or <c>?key=</c> where an endpoint's own protocol has it there (<see cref="KeyInQuery"/>).</summary>
public sealed partial class KeyAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder, KeyRing ring)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    private readonly ILogger logger = loggers.CreateLogger<KeyAuthentication>();

    public const string Name = "key";

    private const string Bearer = "Bearer ";

    private string why = "no key was sent";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        string? sent = Sent();
        if (sent is null)
        {
            return Task.FromResult(AuthenticateResult.NoResult());
        }

        switch (ring.Check(sent))
        {
            case KeyCheck.Usable usable:
                Context.Features.Set(usable.Caller);
                return Task.FromResult(AuthenticateResult.Success(new(usable.Principal, Name)));
            case KeyCheck.Unusable(var reason, var id):
                LogRefused(id, reason);
                why = $"the key is known, but {reason}";
                break;
            default:
                LogUnknown();
                why = "the key is not known here";
                break;
        }

        return Task.FromResult(AuthenticateResult.Fail(why));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer";
        return Problems.Unauthorized(why).ExecuteAsync(Context);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        var caller = Context.Caller();
        LogForbidden(caller.KeyId, Context.GetEndpoint()?.DisplayName);
        return Problems.Forbidden(caller, Context.GetEndpoint()).ExecuteAsync(Context);
    }

    private string? Sent()
    {
        string? header = Request.Headers.Authorization;
        if (header?.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) == true)
        {
            return header[Bearer.Length..].Trim();
        }

        return Context.GetEndpoint()?.Metadata.GetMetadata<KeyInQuery>() is not null ? (string?)Request.Query["key"] : null;
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
