using System.Globalization;
using Moderato.Decisions;
using Moderato.Policies;
using Moderato.Server.Classification;

namespace Moderato.Server.Decisions;

/// <summary>A decision as the API gives it.</summary>
/// <param name="Scores">By category; one that was not judged is absent.</param>
/// <param name="Language">As sent or as detected.</param>
/// <param name="Review">Set where a person has to look.</param>
/// <param name="Tiers">What each later tier that was to be asked said, or failed with; absent where the first decided alone.</param>
/// <param name="Provisional">True when the caller's deadline cut it short: the final decision follows as an event.</param>
public sealed record DecisionAnswer(
    string Id,
    string ContentId,
    string Verdict,
    string? Category,
    IReadOnlyDictionary<string, double> Scores,
    string Tier,
    string Release,
    string Policy,
    string Language,
    DateTimeOffset Time,
    double LatencyMs,
    string? Surface = null,
    ReviewAnswer? Review = null,
    IReadOnlyList<TierDetail>? Tiers = null,
    bool? Provisional = null)
{
    public static DecisionAnswer Of(StoredDecision stored) => Of(stored.Decision, stored.Review);

    private static DecisionAnswer Of(Decision decision, ReviewItem? review) => new(
        DecisionId.Of(decision.Sequence),
        decision.ContentId,
        VerdictName(decision.Verdict),
        decision.Category,
        decision.Scores,
        decision.Tier,
        decision.Release,
        decision.Policy,
        decision.Language,
        decision.Time,
        decision.LatencyMicroseconds / 1_000.0,
        decision.Surface,
        review is null ? null : new(DecisionId.Of(decision.Sequence), review.WhileWaiting, review.Expires, review.AtExpiry),
        TierDetail.FromJson(decision.TierDetail),
        decision.Origin == DecisionOrigin.Provisional ? true : null);

    public static string VerdictName(Verdict verdict) => verdict switch
    {
        Moderato.Decisions.Verdict.Safe => "safe",
        Moderato.Decisions.Verdict.Borderline => "borderline",
        _ => "violating",
    };
}

/// <summary>That a content waits for a person, and what to do with it until then.</summary>
public sealed record ReviewAnswer(string Id, WaitingAction WhileWaiting, DateTimeOffset? Expires, WaitingAction AtExpiry);

/// <summary>An answer to many contents: what was decided, and which contents were not and why.</summary>
/// <param name="Errors">Absent when all were decided.</param>
public sealed record DecisionsAnswer(IReadOnlyList<DecisionAnswer> Decisions, IReadOnlyList<ContentFailure>? Errors = null);

/// <summary>A page of decisions.</summary>
/// <param name="Next">What <c>after</c> has to be for the next page; absent on the last.</param>
public sealed record DecisionPage(IReadOnlyList<DecisionAnswer> Decisions, string? Next);

/// <summary>Why one content of many was not decided.</summary>
/// <param name="Index">Its place in <c>contents</c>, from 0.</param>
public sealed record ContentFailure(int Index, string? ContentId, int Status, string Title, string? Detail, IReadOnlyList<FieldError>? Errors);

/// <summary>A decision's public id: <c>d</c> and its sequence.</summary>
public static class DecisionId
{
    public static string Of(long sequence) => string.Create(CultureInfo.InvariantCulture, $"d{sequence}");

    /// <returns>Null where it is no such id.</returns>
    public static long? Parse(string id) =>
        id.Length > 1 && id[0] == 'd' && long.TryParse(id.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out long sequence) ? sequence : null;
}
