namespace Moderato.Server.Webhooks;

/// <summary>What events there are. Names are part of the wire format: one is added, none is changed.</summary>
public static class EventKind
{
    /// <summary>A content was decided; <c>provisional</c> in the decision says that the final one follows.</summary>
    public const string DecisionMade = "decision.made";

    /// <summary>The final decision on a content that was answered provisionally.</summary>
    public const string DecisionFinal = "decision.final";

    /// <summary>A content that had a decision was decided again, under another release, with another verdict.</summary>
    public const string DecisionReversed = "decision.reversed";

    public const string ReviewDecided = "review.decided";

    /// <summary>A person's verdict was taken back: the content waits again.</summary>
    public const string ReviewUndone = "review.undone";

    /// <summary>Nobody decided in time: what the policy does with the content now.</summary>
    public const string ReviewExpired = "review.expired";

    /// <summary>The platform told what it did with a content.</summary>
    public const string ActionRecorded = "action.recorded";

    public static IReadOnlyList<string> All { get; } = [DecisionMade, DecisionFinal, DecisionReversed, ReviewDecided, ReviewUndone, ReviewExpired, ActionRecorded];
}
