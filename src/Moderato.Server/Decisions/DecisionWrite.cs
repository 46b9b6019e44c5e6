using Moderato.Decisions;
using Moderato.Policies;
using Moderato.Server.Webhooks;

namespace Moderato.Server.Decisions;

/// <summary>Everything that one decision commits, in one transaction. The sequence and the revision are given by the log.</summary>
public sealed record DecisionWrite
{
    public required Decision Decision { get; init; }

    /// <summary>The content whose text is kept beside the decision; null where it must not be (<c>doNotStore</c>) or is not known.</summary>
    public Content? Content { get; init; }

    /// <summary>Set where a person has to look.</summary>
    public ReviewItem? Review { get; init; }

    /// <summary>What the platform did, where it told so together with the verdict (observe mode).</summary>
    public ContentAction? Action { get; init; }

    /// <summary>What its request is called; null where it has no name.</summary>
    public IdempotencyKey? Key { get; init; }

    /// <summary>What goes out to the platform once this is committed.</summary>
    public IReadOnlyList<OutgoingEvent> Events { get; init; } = [];
}

/// <summary>A content that waits for a person, and what happens to it meanwhile.</summary>
/// <param name="IsRestricted">It is in no ordinary queue: the policy restricts a category that it is about.</param>
public sealed record ReviewItem(WaitingAction WhileWaiting, DateTimeOffset? Expires, WaitingAction AtExpiry, bool IsRestricted);

/// <summary>What became of one <see cref="DecisionWrite"/>.</summary>
public abstract record WriteOutcome
{
    private WriteOutcome()
    {
    }

    /// <summary>It is committed.</summary>
    public sealed record Written(StoredDecision Stored) : WriteOutcome;

    /// <summary>The same content was decided before: this is that decision. Nothing was written.</summary>
    public sealed record Known(StoredDecision Stored) : WriteOutcome;

    /// <summary>The id belongs to another text. Nothing was written.</summary>
    public sealed record Conflict(string ContentId) : WriteOutcome;

    /// <summary>Its request was called as another one before. Nothing was written.</summary>
    public sealed record KeyReused : WriteOutcome;

    /// <summary>A tier failed without which the release does not decide. Nothing was written.</summary>
    /// <param name="Why">The tier and its fault.</param>
    public sealed record NotDecided(string ContentId, string Why) : WriteOutcome;
}

/// <summary>A decision as it lies in the log, with the review item that it opened.</summary>
public sealed record StoredDecision(Decision Decision, ReviewItem? Review);
