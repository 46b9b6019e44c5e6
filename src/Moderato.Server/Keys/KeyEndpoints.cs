using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Moderato.Server.Hosting;

namespace Moderato.Server.Keys;

/// <summary><c>/v1/keys</c>: who may do what, and for how long.</summary>
public static class KeyEndpoints
{
    private const int MostNameChars = 100;

    private const double DefaultGraceHours = 24;

    private static readonly string[] ScopeNames = ["decide", "review", "read", "admin"];

    public static void MapKeys(this IEndpointRouteBuilder routes)
    {
        var keys = routes.MapGroup("/v1/keys").Needs(Scopes.Admin).WithTags("Keys");
        keys.MapGet("", List).WithSummary("All keys, without the keys themselves");
        keys.MapPost("", Create).WithSummary("A new key, shown once: {\"name\", \"scopes\": [\"decide\"], \"expires\"?, \"requestsPerSecond\"?}");
        keys.MapPost("/{id:int}/rotate", Rotate).WithSummary("A new key in place of this one, which works on for {\"graceHours\": 24}");
        keys.MapPost("/{id:int}/revoke", Revoke).WithSummary("End a key at once: {\"why\"?}");
    }

    private static async Task<Ok<KeysAnswer>> List(HttpContext http, KeyStore keys) =>
        TypedResults.Ok(new KeysAnswer([.. (await keys.ListAsync(http.Caller().Workspace, http.RequestAborted)).Select(key => KeyAnswer.Of(key))]));

    private static async Task<Results<Created<KeyAnswer>, Problem>> Create(HttpContext http, KeyStore keys, TimeProvider time)
    {
        var (document, problem) = await RequestBody.ReadAsync(http.Request, http.RequestAborted);
        if (document is null)
        {
            return problem!;
        }

        using var _ = document;
        var read = new FieldReader(document.RootElement);
        if (!read.IsObject("{\"name\": \"platform\", \"scopes\": [\"decide\"]}", ["name", "scopes", "expires", "requestsPerSecond"]))
        {
            return Problems.Invalid("The key is not right", read.Errors);
        }

        string? name = read.Required("name");
        if (name?.Length > MostNameChars)
        {
            read.Errors.Add(new("name", "a long name", FormattableString.Invariant($"give at most {MostNameChars} characters")));
        }

        var scopes = ScopesOf(read);
        var expires = read.Time("expires");
        if (expires <= time.GetUtcNow())
        {
            read.Errors.Add(new("expires", "a time that has passed", "give one to come, or leave it out"));
        }

        double? perSecond = read.Number("requestsPerSecond", 1, 1_000_000);
        if (read.Errors.Count > 0)
        {
            return Problems.Invalid("The key is not right", read.Errors);
        }

        var (stored, key) = await keys.CreateAsync(http.Caller(), name!, scopes, expires, (int?)perSecond, http.RequestAborted);
        return Created(stored, key);
    }

    private static async Task<Results<Created<KeyAnswer>, Problem>> Rotate(int id, HttpContext http, KeyStore keys)
    {
        var (read, problem) = await RequestBody.OptionalAsync(http, ["graceHours"]);
        if (read is null)
        {
            return problem!;
        }

        double grace = read.Number("graceHours", 0, 24 * 365) ?? DefaultGraceHours;
        if (read.Errors.Count > 0)
        {
            return Problems.Invalid("The rotation is not right", read.Errors);
        }

        return await keys.RotateAsync(http.Caller(), id, TimeSpan.FromHours(grace), http.RequestAborted) is var (stored, key) ? Created(stored, key) : Problems.NotFound("key in force");
    }

    private static async Task<Results<NoContent, Problem>> Revoke(int id, HttpContext http, KeyStore keys)
    {
        var (read, problem) = await RequestBody.OptionalAsync(http, ["why"]);
        if (read is null)
        {
            return problem!;
        }

        string? why = read.Text("why");
        if (read.Errors.Count > 0)
        {
            return Problems.Invalid("The revocation is not right", read.Errors);
        }

        return await keys.RevokeAsync(http.Caller(), id, why, http.RequestAborted) switch
        {
            Revocation.Done => TypedResults.NoContent(),
            Revocation.LastAdmin => Problems.Refused("It is the last admin key", "Without it nobody could make another: make one first."),
            _ => Problems.NotFound("key in force"),
        };
    }

    private static Scopes ScopesOf(FieldReader read)
    {
        var scopes = Scopes.None;
        if (read.Has("scopes", out var given) && given.ValueKind == JsonValueKind.Array)
        {
            foreach (var one in given.EnumerateArray())
            {
                int index = one.ValueKind == JsonValueKind.String ? Array.IndexOf(ScopeNames, one.GetString()) : -1;
                if (index < 0)
                {
                    read.Errors.Add(new("scopes", one.GetRawText(), $"give some of {string.Join(", ", ScopeNames)}"));
                }
                else
                {
                    scopes |= (Scopes)(1 << index);
                }
            }
        }

        if (scopes == Scopes.None && read.Errors.TrueForAll(error => error.Field != "scopes"))
        {
            read.Errors.Add(new("scopes", "none", $"give an array with some of {string.Join(", ", ScopeNames)}"));
        }

        return scopes;
    }

    private static Created<KeyAnswer> Created(AccessKey stored, string key) =>
        TypedResults.Created(string.Create(CultureInfo.InvariantCulture, $"/v1/keys/{stored.Id}"), KeyAnswer.Of(stored, key));
}

public sealed record KeysAnswer(IReadOnlyList<KeyAnswer> Keys);

/// <summary>A key, as its owner may see it.</summary>
/// <param name="Key">The key itself; only in the answer that made it.</param>
public sealed record KeyAnswer(
    int Id,
    string Name,
    IReadOnlyList<string> Scopes,
    DateTimeOffset Created,
    DateTimeOffset? Expires,
    DateTimeOffset? Revoked,
    int? RequestsPerSecond,
    int? Replaces,
    string? Key)
{
    public static KeyAnswer Of(AccessKey key, string? secret = null) => new(
        key.Id,
        key.Name,
        [.. Enum.GetValues<Scopes>().Where(scope => scope != Keys.Scopes.None && key.Scopes.HasFlag(scope)).Select(scope => scope.ToString().ToLowerInvariant())],
        key.Created,
        key.Expires,
        key.Revoked,
        key.RequestsPerSecond,
        key.Replaces,
        secret);
}
