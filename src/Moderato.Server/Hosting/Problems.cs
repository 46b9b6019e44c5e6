using Moderato.Decisions;
using Moderato.Server.Decisions;
using Moderato.Server.Keys;

namespace Moderato.Server.Hosting;

/// <summary>The problems that more than one endpoint can have.</summary>
public static class Problems
{
    private const string Kind = "urn:moderato:problem:";

    public static Problem Invalid(string title, IReadOnlyList<FieldError> errors) =>
        new(Kind + "invalid", title, StatusCodes.Status400BadRequest, Sentence(errors), errors);

    public static Problem NotJson(string detail) => new(Kind + "not-json", "The body is not JSON", StatusCodes.Status400BadRequest, detail);

    public static Problem NoKey { get; } = Unauthorized("No key was sent");

    /// <param name="why">The beginning of a sentence.</param>
    public static Problem Unauthorized(string why) => new(
        Kind + "unauthorized", "A key is needed", StatusCodes.Status401Unauthorized, $"{why}: send \"Authorization: Bearer mod_…\" with a key that is in force.");

    public static Problem Forbidden(Caller caller, NeededScope needed) => new(
        Kind + "forbidden",
        "The key may not do this",
        StatusCodes.Status403Forbidden,
        $"The key \"{caller.Name}\" lacks the scope {needed.Scope.ToString().ToLowerInvariant()}: use a key that has it.");

    public static Problem NotFound(string what) => new(Kind + "not-found", $"There is no such {what}", StatusCodes.Status404NotFound);

    public static Problem Conflict(string detail) => new(Kind + "conflict", "The id belongs to another content", StatusCodes.Status409Conflict, detail);

    public static Problem LeasePassedOn() => new(
        Kind + "lease-passed-on", "Another reviewer has it", StatusCodes.Status409Conflict, "Somebody else has the item's lease, or has decided it under one. Take the next one.");

    /// <summary>422, as draft-ietf-httpapi-idempotency-key-header has it.</summary>
    public static Problem KeyReused()
    {
        FieldError error = new(
            IdempotencyKey.Header,
            FormattableString.Invariant($"a key that was sent with another body in the last {IdempotencyKey.Kept.TotalHours} hours"),
            "send the same body again, or give this request a key of its own");
        return new(Kind + "idempotency-key-reused", $"The {IdempotencyKey.Header} belongs to another request", StatusCodes.Status422UnprocessableEntity, $"{Sentence([error])} Nothing was written.", [error]);
    }

    public static Problem TooLarge(long most) => new(
        Kind + "too-large", "The body is too large", StatusCodes.Status413PayloadTooLarge, FormattableString.Invariant($"Send at most {most} bytes; split the contents over several requests."));

    public static Problem Refused(string title, string remedy) => new(Kind + "refused", title, StatusCodes.Status409Conflict, remedy);

    public static Problem TooManyRequests(int perSecond) => new(
        Kind + "too-many-requests", "The key asks too often", StatusCodes.Status429TooManyRequests,
        FormattableString.Invariant($"It may ask {perSecond} times a second: wait, or send many contents in one request."), RetryAfterSeconds: 1);

    public static Problem Busy() => new(
        Kind + "busy", "The server is busy", StatusCodes.Status503ServiceUnavailable, "Nothing was written. Send it again, with the same ids.", RetryAfterSeconds: 1);

    /// <summary>A store that is lost while it commits may have committed.</summary>
    public static Problem StoreUnavailable() => new(
        Kind + "store-unavailable", "The store cannot be used now", StatusCodes.Status503ServiceUnavailable,
        "Send it again, with the same ids: what was written is not written twice. The server's log has the cause.", RetryAfterSeconds: 5);

    public static Problem StoreNotRead() => StoreUnavailable() with { Detail = "Ask again in a few seconds. The server's log has the cause." };

    /// <param name="why">The tier and its fault.</param>
    /// <param name="remedy">A sentence for whoever asked.</param>
    public static Problem TierFailed(string why, string remedy = "Nothing was written. Send it again, with the same ids.") => new(
        Kind + "tier-failed", "A tier failed and the release does not decide without it", StatusCodes.Status503ServiceUnavailable,
        $"{why}. {remedy}", RetryAfterSeconds: 5);

    public static Problem Defect(string trace) => new(
        Kind + "defect", "A defect of moderato", StatusCodes.Status500InternalServerError, $"The server's log has it under {trace}.");

    public static Problem OfStatus(int status, string title) => new("about:blank", title, status);

    private static string Sentence(IReadOnlyList<FieldError> errors) =>
        string.Join(" ", errors.Take(10).Select(error => $"{error.Field}: {error.Found}; {error.Remedy}."));
}
