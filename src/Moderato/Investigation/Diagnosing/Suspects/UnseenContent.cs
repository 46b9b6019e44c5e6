using Moderato.Investigation.Findings;
using Moderato.Pictures;

namespace Moderato.Investigation.Diagnosing.Suspects;

/// <summary>
/// Content that the reference did not have. Explained are its false positives over what the yardstick allows on it, provided
/// that it is flagged wrongly more often than the rest.
/// </summary>
public static class UnseenContent
{
    private const double LeastLift = 1.25;

    public static Suspect? Of(Evidence evidence, NewContent newContent)
    {
        if (newContent.Kinds.Count == 0)
        {
            return null;
        }

        Suspect? self = null;
        self = new Suspect(
            Causes.NewContent,
            Marks.On(row => newContent.Weights[row] > 0, row => newContent.Weights[row]),
            t => t.FalsePositivesOf(0) - (t.YardstickFpr * t.SafeOf(0)),
            account => Testify(account, self!, evidence, newContent));
        return self;
    }

    private static Claim? Testify(ExcessAccount account, Suspect self, Evidence evidence, NewContent newContent)
    {
        var (lift, _) = account.Of(self, t =>
            t.FprOf(0) / ((t.FalsePositives - t.FalsePositivesOf(0)) / (t.Safe - t.SafeOf(0))));
        if (lift < LeastLift)
        {
            return null;
        }

        var (share, error) = account.Share(self);
        var (ofContent, _) = account.Of(self, t => t.SafeOf(0) / t.Safe);
        var first = newContent.Kinds[0];
        var names = string.Join("; ", NamesOf(newContent.Kinds).Take(3));
        return new Claim(
            Causes.NewContent, share, error,
            $"{Numbers.Percent(Math.Min(1, share))} of the excess false positives lie in content that the reference did not have: {names}.",
            [
                $"It is {Numbers.Percent(ofContent)} of the safe contents, and wrongly flagged {(double.IsFinite(lift) ? Numbers.Times(lift) + " as often as the rest" : "where the rest is not at all")}.",
                .. newContent.Kinds.Take(5).Select(k => $"{k.Name}: {Numbers.Count(k.Contents)} contents, next to none before."),
            ])
        {
            Rows = newContent.Rows,
            Trigger = new(
                KindOf(first, newContent),
                Onset.Of(evidence, newContent.Rows),
                $"content that was not there before: {names}"),
        };
    }

    // A part of a kind that is named already says nothing more.
    private static IEnumerable<string> NamesOf(IReadOnlyList<NewKind> kinds) =>
        kinds.Select(kind => kind.Name).Where((name, at) => !kinds.Take(at).Any(wider => name.StartsWith(wider.Name + ",", StringComparison.Ordinal) || name == wider.Name));

    private static string KindOf(NewKind first, NewContent newContent)
    {
        long copies = newContent.Kinds.Where(k => k.Column == "cluster").Sum(k => k.Contents);
        return 2 * copies > newContent.Rows.Count(isNew => isNew) ? "flood"
            : ContentColumns.AlwaysDescribesContent(first.Column) ? "platform"
            : first.Column is "cluster" ? "flood"
            : "event";
    }
}
