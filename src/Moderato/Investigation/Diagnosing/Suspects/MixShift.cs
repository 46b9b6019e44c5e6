using Moderato.Decisions;
using Moderato.Investigation.Findings;
using Moderato.Pictures;

namespace Moderato.Investigation.Diagnosing.Suspects;

/// <summary>
/// More content of a kind on which the model always erred. With w the share of safe content in a kind and r its FPR,
/// mix = Σ (w₁ − w₀)(r₀ + r₁)/2 and rate = Σ (r₁ − r₀)(w₀ + w₁)/2 add up to the change exactly.
/// </summary>
public static class MixShift
{
    /// <summary>Kinds whose shares moved by less than this in all (total variation) cannot carry a change.</summary>
    private const double LeastShift = 0.04;

    /// <summary>
    /// Where only texts tell kinds apart: what is this many times commoner than before grew, what is <see cref="MostGrowth"/> times
    /// commoner may be new, and what is hardly commoner at all the texts do not see.
    /// </summary>
    private const double LeastGrowth = 2.5;

    private const double MostGrowth = 12;

    public static Suspect? Of(Evidence evidence, MixStrata strata, NewContent newContent)
    {
        if (!evidence.HasReference || strata.Shift < LeastShift)
        {
            return null;
        }

        int kinds = strata.Values.Count;
        Suspect? self = null;
        self = new Suspect(Causes.MixShift, new Marks(kinds, row => strata.Codes[row]) { Weight = newContent.Old }, t => Split(t, kinds).Mix * t.Safe, account => Testify(account, self!, strata, evidence, newContent));
        return self;
    }

    private static Claim? Testify(ExcessAccount account, Suspect self, MixStrata strata, Evidence evidence, NewContent newContent)
    {
        int kinds = strata.Values.Count;
        var (share, error) = account.Share(self);
        var (rateShare, _) = account.Of(self, t => Split(t, kinds).Rate * t.Safe / t.Excess);
        if (!(share > 0) || share < rateShare)
        {
            return null;
        }

        bool unclear = strata.OfText && !(newContent.TopRatio is >= LeastGrowth and <= MostGrowth);

        int grown = Enumerable.Range(0, kinds).MaxBy(k => account.Of(self, t => KindMix(t, k, kinds)).Estimate);
        var (was, _) = account.Of(self, t => Share(t, grown, kinds, Period.Reference));
        var (now, _) = account.Of(self, t => Share(t, grown, kinds, Period.Current));
        var (fpr, _) = account.Of(self, t => t.FprOf(grown));
        var rows = strata.Codes.Select((code, row) => code == grown && evidence.Table.IsCurrent(row)).ToArray();
        string kind = (strata.OfText ? KindOfText.Name(evidence, rows) : null) ?? $"{strata.Name} {strata.Values[grown]}";
        return new Claim(
            Causes.MixShift, share, error,
            $"{Numbers.Percent(Math.Min(1, share))} of the excess false positives come from more content of a kind on which the model always erred: {kind} grew from {Numbers.Percent(was)} to {Numbers.Percent(now)} of the safe content.",
            [
                $"Inside the kinds the rates account for {Numbers.Percent(Math.Max(0, rateShare))} of the excess; the shares of the kinds for the rest.",
                $"FPR in {kind}: {Numbers.Percent(fpr)} now.",
            ])
        {
            Rows = rows,
            IsNamed = !strata.OfText,
            Doubt = unclear ? "What is written changed rather than how it is scored, but no column names the kind, and the texts do not tell whether it grew or is new." : null,
            Trigger = new(
                ContentColumns.NamesAPlatform(strata.Name) ? "platform" : "unknown",
                Onset.Of(evidence, rows),
                $"more {kind}"),
        };
    }

    private static (double Mix, double Rate) Split(MarkTotals t, int kinds)
    {
        double mix = 0, rate = 0;
        for (int k = 0; k < kinds; k++)
        {
            var (w0, w1, r0, r1) = Parts(t, k, kinds);
            mix += (w1 - w0) * (r0 + r1) / 2;
            rate += (r1 - r0) * (w0 + w1) / 2;
        }

        return (mix, rate);
    }

    private static double KindMix(MarkTotals t, int kind, int kinds)
    {
        var (w0, w1, r0, r1) = Parts(t, kind, kinds);
        var overall = t.ReferenceSafe > 0 ? t.ReferenceFalsePositives / t.ReferenceSafe : 0;
        return (w1 - w0) * (((r0 + r1) / 2) - overall);
    }

    // A kind of one period only borrows that period's rate, so that its effect is mix.
    private static (double W0, double W1, double R0, double R1) Parts(MarkTotals t, int kind, int kinds)
    {
        double w0 = Share(t, kind, kinds, Period.Reference), w1 = Share(t, kind, kinds, Period.Current);
        double r0 = t.FprOf(kind, Period.Reference), r1 = t.FprOf(kind);
        r0 = double.IsNaN(r0) ? r1 : r0;
        r1 = double.IsNaN(r1) ? r0 : r1;
        return double.IsNaN(r0) ? (w0, w1, 0, 0) : (w0, w1, r0, r1);
    }

    private static double Share(MarkTotals t, int kind, int kinds, Period period)
    {
        double all = 0;
        for (int k = 0; k < kinds; k++)
        {
            all += t.SafeOf(k, period);
        }

        return all > 0 ? t.SafeOf(kind, period) / all : 0;
    }
}
