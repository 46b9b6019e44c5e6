using Moderato.Investigation.Findings;
using Moderato.Pictures;

namespace Moderato.Investigation.Diagnosing.Suspects;

/// <summary>
/// The model is wrong about kinds of content that were always there: slices with lift on held-out rows. Explained are their
/// false positives over what is allowed on them: the yardstick's rate or, against a reference, the slices' own rate
/// there if that was higher (what they always had is no excess).
/// </summary>
public static class WrongSlices
{
    private const int FalsePositives = 0;
    private const int Safe = 1;
    private const int ReferenceFalsePositives = 2;
    private const int ReferenceSafe = 3;

    /// <summary>Kinds that are flagged wrongly less than twice as often as the rest are the rest.</summary>
    private const double LeastLift = 2;

    private const double MostOfContent = 0.6;
    private const double LeastConcentration = 0.25;

    public static Suspect? Of(Evidence evidence, IReadOnlyList<SliceFinding> slices, Yardstick yardstick, bool[] exclude)
    {
        slices = [.. slices.Where(slice => !(slice.Lift < LeastLift))];
        if (slices.Count == 0)
        {
            return null;
        }

        var rows = SliceRows.Of(evidence, slices);
        bool In(int row, bool current) => rows[row] && evidence.Table.IsCurrent(row) == current && !(current && exclude[row]);
        Suspect? self = null;
        self = new Suspect(
            Causes.Slice,
            [
                row => In(row, true) && evidence.IsFalsePositive(row) ? 1 : 0,
                row => In(row, true) && evidence.Table.Labels[row] == 0 ? 1 : 0,
                row => In(row, false) && evidence.IsFalsePositive(row) ? 1 : 0,
                row => In(row, false) && evidence.Table.Labels[row] == 0 ? 1 : 0,
            ],
            t => t[FalsePositives] - (Math.Max(t.YardstickFpr, yardstick is Yardstick.Reference ? OwnRate(t) : 0) * t[Safe]),
            account => Testify(account, self!, evidence, slices, rows, yardstick));
        return self;
    }

    private static double OwnRate(MarkTotals t) => t[ReferenceSafe] > 0 ? t[ReferenceFalsePositives] / t[ReferenceSafe] : 0;

    private static Claim? Testify(ExcessAccount account, Suspect self, Evidence evidence, IReadOnlyList<SliceFinding> slices, bool[] rows, Yardstick yardstick)
    {
        var (share, error) = account.Share(self);
        var (ofContent, _) = account.Of(self, t => t[Safe] / t.Safe);
        var (outside, _) = account.Of(self, t => (t.FalsePositives - t[FalsePositives]) / (t.Safe - t[Safe]));
        if (!(share > 0) || ofContent > MostOfContent || (outside > Yardstick.RelevantRise * account.YardstickFpr
            && (yardstick is Yardstick.Objective || share - ofContent < LeastConcentration)))
        {
            // Slices that hold most of the content, or hardly more of the excess than of the content, say nothing; and an
            // objective that is missed outside of them too is missed because of the cut.
            return null;
        }

        string names = string.Join("; ", slices.Take(3).Select(SliceRows.Name));
        return new Claim(
            Causes.Slice, share, error,
            $"{Numbers.Percent(Math.Min(1, share))} of the excess false positives lie in kinds of content that the model gets wrong: {names}.",
            [
                .. slices.Take(5).Select(s => $"{SliceRows.Name(s)}: {Numbers.Rate(s.Fpr)} of {Numbers.Count(s.N)} safe contents of the testing half flagged, {(s.Lift is { } lift ? Numbers.Times(lift) + " as often as elsewhere" : "none elsewhere")}."),
                $"Outside of them {Numbers.Percent(outside)} of safe content is flagged.",
            ])
        {
            Rows = rows,
            Trigger = evidence.HasReference && Triggers.OfVersionChange(evidence) is { } release ? release : null,
        };
    }
}
