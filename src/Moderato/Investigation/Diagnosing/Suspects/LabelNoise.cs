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
    private const int Checked = 1;
    private const int ReferenceContradicted = 2;
    private const int ReferenceChecked = 3;

    /// <summary>Below this share of contradicted false positives, second labels disagree as people always do.</summary>
    private const double LeastContradicted = 0.3;

    public static Suspect? Of(Evidence evidence)
    {
        if (evidence.Table.SecondLabels is not { } second)
        {
            return null;
        }

        // Where reviewers split, a second label contradicts the first by chance: that is the policy's matter, not an error.
        var votes = evidence.Table.Votes;
        double Mark(int row, bool current, bool contradicted) =>
            evidence.IsFalsePositive(row) && evidence.Table.IsCurrent(row) == current && second[row] >= 0
            && (!contradicted || (second[row] == 1 && votes?[row].Contested != true)) ? 1 : 0;

        Suspect? self = null;
        self = new Suspect(
            Causes.LabelNoise,
            [row => Mark(row, true, true), row => Mark(row, true, false), row => Mark(row, false, true), row => Mark(row, false, false)],
            t => SurplusOf(t, Contradicted, Checked, ReferenceContradicted, ReferenceChecked),
            account => Testify(account, self!));
        return self;
    }

    /// <summary>False positives of a marked kind over those that the yardstick allows of it, the kind known on a part of the rows only.</summary>
    internal static double SurplusOf(MarkTotals t, int marked, int known, int referenceMarked, int referenceKnown)
    {
        double share = t[known] > 0 ? t[marked] / t[known] : 0;
        double referenceShare = t[referenceKnown] > 0 ? t[referenceMarked] / t[referenceKnown] : 0;
        return (share * t.FalsePositives) - (referenceShare * t.YardstickFpr * t.Safe);
    }

    private static Claim? Testify(ExcessAccount account, Suspect self)
    {
        var (contradicted, error) = account.Of(self, t => t[Checked] > 0 ? t[Contradicted] / t[Checked] : double.NaN);
        var (share, shareError) = account.Share(self);
        return contradicted - (1.645 * error) < LeastContradicted
            ? null
            : new Claim(
                Causes.LabelNoise, share, shareError,
                $"{Numbers.Percent(Math.Min(1, share))} of the excess false positives are label errors: an independent second label calls them violating.",
                [$"The second label contradicts the first on {Numbers.Percent(contradicted)} of the false positives that have one."]);
    }
}
