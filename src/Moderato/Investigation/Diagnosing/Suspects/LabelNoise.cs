using Moderato.Decisions;
using Moderato.Investigation.Findings;
using Moderato.Pictures;

namespace Moderato.Investigation.Diagnosing.Suspects;

/// <summary>
/// The labels are wrong, not the model: an independent second label calls violating what the first called safe. With c the
/// share of false positives that the second label contradicts, c₀ the same in the reference, what remains is
/// (1 − c)·FP, what was allowed is (1 − c₀)·y·safe, and the difference to the excess is explained.
/// </summary>
public static class LabelNoise
{
    private const int Contradicted = 0;
    private const int Confirmed = 1;

    /// <summary>Below this share of contradicted false positives, second labels disagree as people always do.</summary>
    private const double LeastContradicted = 0.2;

    public static Suspect? Of(Evidence evidence)
    {
        if (evidence.Table.SecondLabels is not { } second)
        {
            return null;
        }

        // Where reviewers split, a second label contradicts the first by chance: that is the policy's matter, not an error.
        var votes = evidence.Table.Votes;
        int Mark(int row) => second[row] < 0 ? -1 : second[row] == 1 && votes?[row].Contested != true ? Contradicted : Confirmed;

        Suspect? self = null;
        self = new Suspect(
            Causes.LabelNoise,
            new Marks(2, Mark) { OnLabelledOnly = true },
            t => SurplusOf(t, Contradicted, Confirmed),
            account => Testify(account, self!));
        return self;
    }

    /// <summary>False positives of a marked kind over those that the yardstick allows of it, the kind known on a part of the rows only.</summary>
    internal static double SurplusOf(MarkTotals t, int marked, int unmarked) =>
        (ShareOf(t, marked, unmarked, Period.Current) * t.FalsePositives)
        - (ShareOf(t, marked, unmarked, Period.Reference) * t.YardstickFpr * t.Safe);

    /// <summary>The marked part of those false positives of a period of which it is known; 0 where it is known of none.</summary>
    internal static double ShareOf(MarkTotals t, int marked, int unmarked, Period period)
    {
        double with = t.FalsePositivesOf(marked, period), known = with + t.FalsePositivesOf(unmarked, period);
        return known > 0 ? with / known : 0;
    }

    private static Claim? Testify(ExcessAccount account, Suspect self)
    {
        var (contradicted, error) = account.Of(self, t => ShareOf(t, Contradicted, Confirmed, Period.Current));
        var (share, shareError) = account.Share(self);
        return contradicted - (1.645 * error) < LeastContradicted
            ? null
            : new Claim(
                Causes.LabelNoise, share, shareError,
                $"{Numbers.Percent(Math.Min(1, share))} of the excess false positives are label errors: an independent second label calls them violating.",
                [$"The second label contradicts the first on {Numbers.Percent(contradicted)} of the false positives that have one."]);
    }
}
