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

    public static Suspect? Of(Evidence evidence, MixStrata strata, bool[] exclude)
    {
        if (!evidence.HasReference || strata.Shift < LeastShift)
        {
            return null;
        }

        int kinds = strata.Values.Count;
        var marks = new List<Func<int, double>>();
        for (int k = 0; k < kinds; k++)
        {
            int kind = k;
            bool In(int row) => strata.Codes[row] == kind && !exclude[row];
            marks.Add(row => In(row) && evidence.Table.IsCurrent(row) && evidence.IsFalsePositive(row) ? 1 : 0);
            marks.Add(row => In(row) && evidence.Table.IsCurrent(row) && evidence.Table.Labels[row] == 0 ? 1 : 0);
            marks.Add(row => In(row) && !evidence.Table.IsCurrent(row) && evidence.IsFalsePositive(row) ? 1 : 0);
            marks.Add(row => In(row) && !evidence.Table.IsCurrent(row) && evidence.Table.Labels[row] == 0 ? 1 : 0);
        }

        Suspect? self = null;
        self = new Suspect(Causes.MixShift, marks, t => Split(t, kinds).Mix * t.Safe, account => Testify(account, self!, strata, evidence));
        return self;
    }

    private static Claim? Testify(ExcessAccount account, Suspect self, MixStrata strata, Evidence evidence)
    {
        int kinds = strata.Values.Count;
        var (share, error) = account.Share(self);
        var (rateShare, _) = account.Of(self, t => Split(t, kinds).Rate * t.Safe / t.Excess);
        if (!(share > 0) || share < rateShare)
        {
            return null;
        }

        int grown = Enumerable.Range(0, kinds).MaxBy(k => account.Of(self, t => KindMix(t, k, kinds)).Estimate);
        var (was, _) = account.Of(self, t => Share(t, grown, kinds, reference: true));
        var (now, _) = account.Of(self, t => Share(t, grown, kinds, reference: false));
        var (fpr, _) = account.Of(self, t => t[(4 * grown) + 1] > 0 ? t[4 * grown] / t[(4 * grown) + 1] : double.NaN);
        var rows = strata.Codes.Select((code, row) => code == grown && evidence.Table.IsCurrent(row)).ToArray();
        string kind = $"{strata.Name} {strata.Values[grown]}";
        return new Claim(
            Causes.MixShift, share, error,
            $"{Numbers.Percent(Math.Min(1, share))} of the excess false positives come from more content of a kind on which the model always erred: {kind} grew from {Numbers.Percent(was)} to {Numbers.Percent(now)} of the safe content.",
            [
                $"Inside the kinds the rates account for {Numbers.Percent(Math.Max(0, rateShare))} of the excess; the shares of the kinds for the rest.",
                $"FPR in {kind}: {Numbers.Percent(fpr)} now.",
            ])
        {
            Rows = rows,
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
        double w0 = Share(t, kind, kinds, reference: true), w1 = Share(t, kind, kinds, reference: false);
        double safe1 = t[(4 * kind) + 1], safe0 = t[(4 * kind) + 3];
        double r1 = safe1 > 0 ? t[4 * kind] / safe1 : double.NaN;
        double r0 = safe0 > 0 ? t[(4 * kind) + 2] / safe0 : r1;
        r1 = double.IsNaN(r1) ? r0 : r1;
        return double.IsNaN(r0) ? (w0, w1, 0, 0) : (w0, w1, r0, r1);
    }

    private static double Share(MarkTotals t, int kind, int kinds, bool reference)
    {
        double all = 0;
        for (int k = 0; k < kinds; k++)
        {
            all += t[(4 * k) + (reference ? 3 : 1)];
        }

        return all > 0 ? t[(4 * kind) + (reference ? 3 : 1)] / all : 0;
    }
}
