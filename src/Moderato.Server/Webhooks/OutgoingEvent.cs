using System.Text.Json;
using Moderato.Decisions;
using Moderato.Server.Decisions;
using Moderato.Server.Hosting;
using Moderato.Webhooks;

namespace Moderato.Server.Webhooks;

/// <summary>
/// Something that happened to a content, to be delivered at least once and in order per content. It is committed together with
/// what happened, and holds no text. The decision that it is about is read from the log when it is delivered.
/// </summary>
/// <param name="Kind">One of <see cref="EventKind"/>.</param>
/// <param name="Detail">What the decision does not say; null where it says all.</param>
public sealed record OutgoingEvent(string Kind, EventDetail? Detail = null)
{
    /// <summary>The decision that is to be committed takes the place of an earlier one with another verdict.</summary>
    /// <param name="previous">The decision that stood until now.</param>
    /// <param name="why">For people, such as <c>redecide r7: rollback of r12</c>; no text of a content.</param>
    public static OutgoingEvent Reversed(Decision previous, string? why) =>
        new(EventKind.DecisionReversed, new EventDetail { Previous = PreviousDecision.Of(previous), Why = why });

    /// <summary>The decision that is to be committed is the final one.</summary>
    /// <param name="provisional">What was answered.</param>
    public static OutgoingEvent Final(Decision provisional) =>
        new(EventKind.DecisionFinal, new EventDetail { Previous = PreviousDecision.Of(provisional) });

    /// <summary>The webhooks that want it. Set where it is committed (<see cref="Subscriptions"/>); whoever makes an event leaves it.</summary>
    internal IReadOnlyList<int> To { get; init; } = [];

    /// <param name="judged">The decision that it is about.</param>
    internal bool IsWantedBy(EventFilter filter, Judged judged)
    {
        var before = Detail?.Previous is { } previous ? new Judged(previous.Verdict, previous.Category) : judged;
        var person = Detail?.Review is { } review ? new Judged(review.Verdict, review.Categories.Count > 0 ? review.Categories[0] : judged.Category) : judged;
        return filter.Wants(Kind, judged, before, person);
    }

    /// <summary>As the outbox holds it.</summary>
    internal string? Payload => Detail is null ? null : JsonSerializer.Serialize(Detail, ServerJson.Default.EventDetail);
}

/// <summary>What an event says beside the decision that it is about.</summary>
public sealed record EventDetail
{
    /// <summary>The decision that stood before, where this one changes it.</summary>
    public PreviousDecision? Previous { get; init; }

    public ReviewDecided? Review { get; init; }

    public ReviewExpired? Expired { get; init; }

    public ContentAction? Action { get; init; }

    public string? Why { get; init; }
}

/// <summary>A decision that another one takes the place of.</summary>
public sealed record PreviousDecision(string Id, string Verdict, string? Category, string Release)
{
    public static PreviousDecision Of(Decision decision) =>
        new(DecisionId.Of(decision.Sequence), DecisionAnswer.VerdictName(decision.Verdict), decision.Category, decision.Release);
}

/// <summary>What a person decided.</summary>
public sealed record ReviewDecided(string Id, string Verdict, IReadOnlyList<string> Categories);

/// <param name="Action">What the policy does with the content now.</param>
public sealed record ReviewExpired(string Id, Policies.WaitingAction Action);
