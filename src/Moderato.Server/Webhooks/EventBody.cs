using Moderato.Decisions;
using Moderato.Server.Decisions;

namespace Moderato.Server.Webhooks;

/// <summary>What a webhook receives. It holds no text and no author: who needs them has the content's id.</summary>
/// <param name="Id">The same in every delivery of the event; <c>Moderato-Event-Id</c> too.</param>
/// <param name="Decision">The decision that the event is about.</param>
/// <param name="Previous">The one that it takes the place of: <c>decision.final</c>, <c>decision.reversed</c>.</param>
/// <param name="Review">What a person decided: <c>review.decided</c>; or had decided: <c>review.undone</c>.</param>
/// <param name="Expired">What the policy does now: <c>review.expired</c>.</param>
/// <param name="Action">What the platform did: <c>action.recorded</c>.</param>
public sealed record EventBody(
    string Id,
    string Type,
    DateTimeOffset Time,
    string ContentId,
    EventDecision Decision,
    PreviousDecision? Previous,
    ReviewDecided? Review,
    ReviewExpired? Expired,
    ContentAction? Action,
    string? Why);

/// <param name="Revision">0 for the first decision on a content; the highest is the one that stands.</param>
/// <param name="Provisional">True where the final one follows.</param>
public sealed record EventDecision(
    string Id,
    int Revision,
    string Verdict,
    string? Category,
    IReadOnlyDictionary<string, double> Scores,
    string Tier,
    string Release,
    string Policy,
    string Language,
    string? Surface,
    DateTimeOffset Time,
    ReviewAnswer? Review,
    bool? Provisional)
{
    public static EventDecision Of(StoredDecision stored)
    {
        var decision = stored.Decision;
        return new(
            DecisionId.Of(decision.Sequence), decision.Revision, DecisionAnswer.VerdictName(decision.Verdict), decision.Category, decision.Scores, decision.Tier,
            decision.Release, decision.Policy, decision.Language, decision.Surface, decision.Time,
            stored.Review is { } review ? new(DecisionId.Of(decision.Sequence), review.WhileWaiting, review.Expires, review.AtExpiry) : null,
            decision.Origin == DecisionOrigin.Provisional ? true : null);
    }
}

/// <summary>An event's public id: <c>e</c> and its number.</summary>
public static class EventId
{
    public static string Of(long number) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"e{number}");

    /// <returns>Null where it is no such id.</returns>
    public static long? Parse(string id) =>
        id.Length > 1 && id[0] == 'e' && long.TryParse(id.AsSpan(1), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out long number) ? number : null;
}
