using Moderato.Decisions;
using Moderato.Server.Decisions;
using Moderato.Statistics.Intervals;

namespace Moderato.Server.Releases;

/// <summary>How far a redecision is.</summary>
/// <param name="State"><c>running</c>, <c>done</c> or <c>stopped</c>.</param>
/// <param name="Seen">Contents of the window that are done with.</param>
/// <param name="Reversed">Contents whose verdict was changed, each with its event.</param>
/// <param name="Bound">Left as they were, since a person decided on them.</param>
/// <param name="NotDecided">Left as they were, since a later tier failed.</param>
public sealed record RedecisionAnswer(
    int Id, string Release, DateTimeOffset From, DateTimeOffset To, string? Category, int PerMinute, string? Reason, string By, DateTimeOffset Started,
    DateTimeOffset? Ended, string State, long Seen, long Reversed, long Bound, long WithoutText, long NotDecided)
{
    public static RedecisionAnswer Of(Redecision one) => new(
        one.Id, one.Release, one.From, one.To, one.Category, one.PerMinute, one.Reason, one.By, one.Started, one.Ended,
        one.State.ToString().ToLowerInvariant(), one.Seen, one.Reversed, one.Bound, one.WithoutText, one.NotDecided);
}

/// <summary>All redecisions under a release, the newest first.</summary>
public sealed record RedecisionsAnswer(IReadOnlyList<RedecisionAnswer> Redecisions);

/// <summary>What a redecision would do, before it does anything.</summary>
/// <param name="Contents">Contents in the window (and category).</param>
/// <param name="Restored">Violating now, and no more.</param>
/// <param name="NewlyCaught">Not violating now, and then.</param>
/// <param name="ToReview">Safe now, borderline then.</param>
/// <param name="Released">Borderline now, safe then.</param>
/// <param name="BoundByPerson">Would change, and do not: a person decided on them.</param>
/// <param name="WithoutText">Cannot be decided again: their text is not kept.</param>
/// <param name="OfOtherSystems">Another system's verdicts, which are not ours to reverse.</param>
/// <param name="AskedLater">Contents that a later tier is asked about, whatever their category: in <paramref name="LaterTiers"/> and no other figure.</param>
/// <param name="AuthorsTouched">Authors of contents that would change.</param>
/// <param name="Sample">Drawn at random from those that would change: look at them before it runs.</param>
/// <param name="LaterTiers">What would become of <paramref name="AskedLater"/>; absent where the release has no later tier.</param>
public sealed record RedecisionPreview(
    string Release, DateTimeOffset From, DateTimeOffset To, string? Category, long Contents, long Restored, long NewlyCaught, long ToReview, long Released, long Unchanged,
    long BoundByPerson, long WithoutText, long OfOtherSystems, long AskedLater, long AuthorsTouched,
    IReadOnlyList<RedecisionPreview.OfCategory> Categories, IReadOnlyList<RedecisionPreview.Drawn> Sample,
    LaterTiersPreview? LaterTiers)
{
    /// <param name="Category">Of the verdict that falls; of the new one where there was none.</param>
    public sealed record OfCategory(string Category, long Restored, long NewlyCaught, long ToReview, long Released, long BoundByPerson);

    public sealed record Drawn(string ContentId, string DecisionId, string From, string To, string? Category)
    {
        public static Drawn Of(Decision standing, Verdict to, string category) => new(
            standing.ContentId, Decisions.DecisionId.Of(standing.Sequence), DecisionAnswer.VerdictName(standing.Verdict), DecisionAnswer.VerdictName(to), category);
    }
}

/// <summary>What a redecision would do to the contents that a later tier is asked about, told by some that it was asked about now. Each rate is of all of them.</summary>
/// <param name="Bound">Further ones, on which a person decided: they stay, and nobody is asked.</param>
/// <param name="FurtherAuthors">Authors of the judged ones that would change, beside <see cref="RedecisionPreview.AuthorsTouched"/>: there are at least so many.</param>
/// <param name="Sample">Some of the judged ones that would change, at random.</param>
public sealed record LaterTiersPreview(
    TierTrialSummary Asking, long Bound, Rate Changed, Rate Restored, Rate NewlyCaught, Rate ToReview, Rate Released, long FurtherAuthors,
    IReadOnlyList<LaterTiersPreview.CategoryRates> Categories, IReadOnlyList<RedecisionPreview.Drawn> Sample)
{
    public sealed record CategoryRates(string Category, Rate Restored, Rate NewlyCaught, Rate ToReview, Rate Released);
}
