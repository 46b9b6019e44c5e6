namespace Moderato.Server.Keys;

/// <summary>Who makes this request.</summary>
public sealed record Caller(int Workspace, int KeyId, string Name, Scopes Scopes, int? RequestsPerSecond)
{
    public bool May(Scopes needed) => (Scopes & Scopes.Admin) != 0 || (Scopes & needed) == needed;
}

public static class CallerOfRequest
{
    /// <exception cref="InvalidOperationException">The endpoint is open, so nobody said who they are.</exception>
    public static Caller Caller(this HttpContext http) =>
        http.Features.Get<Caller>() ?? throw new InvalidOperationException("An open endpoint has no caller.");
}
