using Moderato.Decisions;
using Moderato.Investigation.Findings;
using Moderato.Pictures;

namespace Moderato.Investigation.Diagnosing.Suspects;

/// <summary>
/// The model is wrong about kinds of content that were always there: slices with lift on held-out rows, or of which more is flagged
/// than before. Explained are their false positives over what is allowed on them: the yardstick's rate or, against a
/// reference, the slices' own rate there if that was higher (what they always had is no excess).
/// </summary>
public static class WrongSlices
{
    private const double MostOfContent = 0.6;
    private const double LeastConcentration = 0.25;

    private const double NinetyPercent = 1.645;

    /// <summary>Half of what is flagged more in a kind has to be more than its texts would have been.</summary>
    private const double LeastUnexpected = 0.5;

    /// <param name="texts">Strata of what the texts say; null without texts.</param>
    /// <param name="cutMends">Whether one move of the cuts takes most of the excess away at a price that can be paid, on held-out rows.</param>
    public static Suspect? Of(Evidence evidence, IReadOnlyList<SuspectedSlice> slices, Yardstick yardstick, NewContent newContent, MixStrata? texts, bool cutMends)
    {
        bool worse = false;
        if (evidence.HasReference)
        {
            var flags = new UnexpectedFlags(evidence, newContent, texts);
            var unexpected = slices.Where(slice => flags.ShareIn(slice.Rows(evidence)) >= LeastUnexpected).ToList();
            worse = unexpected.Exists(slice => flags.RoseIn(slice.Rows(evidence)));
            slices = yardstick is Yardstick.Reference ? unexpected : [.. slices.Where(slice => slice.ByLabels || unexpected.Contains(slice))];
        }

        if (slices.Count == 0)
        {
            return null;
        }

        var rows = SliceRows.Of(evidence, slices);
        string? doubt = null;
        if (!worse && yardstick is not Yardstick.Reference)
        {
            // Nothing says that these kinds were flagged less before: then it is the model's error only if its scores say too much there.
            var soundness = FlagSoundness.Of(evidence, AccountStrata.Of(evidence), rows, cutMends);
            if (soundness == FlagSoundness.Verdict.Sound)
            {
                return null;
            }

            doubt = soundness == FlagSoundness.Verdict.Unsound ? null : "One cut for all may mend it as well: the labels do not tell whether what is flagged in these kinds is wrong more often than what is flagged elsewhere at like scores.";
        }

        Suspect? self = null;
        self = new Suspect(
            Causes.Slice,
            Marks.On(row => rows[row], newContent.Old),
            t => t.FalsePositivesOf(0) - (Math.Max(t.YardstickFpr, yardstick is Yardstick.Reference ? OwnRate(t) : 0) * t.SafeOf(0)),
            account => Testify(account, self!, evidence, slices, rows, yardstick, doubt));
        return self;
    }

    private static double OwnRate(MarkTotals t) => t.FprOf(0, Period.Reference) is var rate && double.IsNaN(rate) ? 0 : rate;

    private static Claim? Testify(ExcessAccount account, Suspect self, Evidence evidence, IReadOnlyList<SuspectedSlice> slices, bool[] rows, Yardstick yardstick, string? doubt)
    {
        var (share, error) = account.Share(self);
        var (ofContent, _) = account.Of(self, t => t.SafeOf(0) / t.Safe);
        var (outside, outsideError) = account.Of(self, t => (t.FalsePositives - t.FalsePositivesOf(0)) / (t.Safe - t.SafeOf(0)));
        double accepted = Yardstick.RelevantRise * account.YardstickFpr;
        if (!(share > 0) || ofContent > MostOfContent
            || (yardstick is Yardstick.Objective ? outside - (NinetyPercent * outsideError) > accepted : outside > accepted && share - ofContent < LeastConcentration))
        {
            // Slices that hold most of the content, or hardly more of the excess than of the content, say nothing; and an
            // objective that is missed outside of them too, beyond what chance in the labels can do, is missed because of the cut.
            return null;
        }

        string names = string.Join("; ", slices.Select(slice => slice.Name).Distinct().Take(3));
        return new Claim(
            Causes.Slice, share, error,
            $"{Numbers.Percent(Math.Min(1, share))} of the excess false positives lie in kinds of content that the model gets wrong: {names}.",
            [
                .. slices.Take(5).Select(slice => slice.Finding),
                $"Outside of them {Numbers.Percent(outside)} of safe content is flagged.",
            ])
        {
            Rows = rows,
            Doubt = doubt,
            Trigger = evidence.HasReference && Triggers.OfVersionChange(evidence) is { } release ? release : null,
        };
    }
}
