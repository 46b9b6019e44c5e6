using Moderato.Decisions;
using Moderato.Releases;
using Moderato.Statistics.Curves;

namespace Moderato.Improvement.Calibrating;

/// <summary>What errors, a review and asking cost the policy's owner, in one unit.</summary>
/// <param name="Ask">Of one content: money and delay.</param>
public sealed record AskingCosts(double FalsePositive, double FalseNegative, double Review, double Ask);

/// <summary>
/// Which scores a later tier is asked about: the run of scores over which the harm that its answers remove, less what asking costs,
/// is largest, where that is more than chance gives. Chosen on one part of the labels and reported on another, because a band chosen on the rows that report it flatters.
/// </summary>
public static class EscalationBandChoice
{
    /// <summary>Standard errors that the gain has to be above 0; the best of many runs is above 0 by chance.</summary>
    private const double LeastErrors = 3;

    /// <summary>Contents that a band has to hold: a few lucky ones in a row are no band.</summary>
    private const int LeastContents = 30;

    /// <param name="cuts">The release's for the category; they apply to both probabilities.</param>
    public static EscalationBandOutcome Of(CalibrationParts parts, TierCalibration calibration, Cuts cuts, AskingCosts costs)
    {
        var gains = new double[ScoreBin.Count];
        var squares = new double[ScoreBin.Count];
        var contents = new int[ScoreBin.Count];
        for (int i = 0; i < parts.Choose.Rows.Count; i++)
        {
            if (parts.Choose.Rows[i].Scores.TryGetValue(TierModel.Ngram, out double before))
            {
                double gain = parts.Choose.Weights[i] * Gain(parts.Choose.Rows[i], before, calibration, cuts, costs);
                gains[ScoreBin.Of(before)] += gain;
                squares[ScoreBin.Of(before)] += gain * gain;
                contents[ScoreBin.Of(before)]++;
            }
        }

        var (from, to, best) = LargestRun(gains);
        var run = from..(to + 1);
        if (contents[run].Sum() < LeastContents || best <= LeastErrors * Math.Sqrt(squares[run].Sum()))
        {
            return new EscalationBandOutcome.NotWorthIt();
        }

        var band = new EscalationBand(ScoreBin.Cut(from), to + 1 == ScoreBin.Count ? 1.0001 : ScoreBin.Cut(to + 1));
        return new EscalationBandOutcome.Chosen(band, Report(parts.Report, calibration, cuts, costs, band));
    }

    /// <summary>What a band does on contents that neither it nor the calibration has seen.</summary>
    public static EscalationBandReport Report(WeightedRows rows, TierCalibration calibration, Cuts cuts, AskingCosts costs, EscalationBand band)
    {
        double mass = 0, asked = 0, before = 0, after = 0;
        for (int i = 0; i < rows.Rows.Count; i++)
        {
            if (!rows.Rows[i].Scores.TryGetValue(TierModel.Ngram, out double score))
            {
                continue;
            }

            bool asks = score >= band.From && score < band.To;
            double harm = Harm(cuts.Decide(score), rows.Rows[i].Violating, costs);
            mass += rows.Weights[i];
            before += rows.Weights[i] * harm;
            after += rows.Weights[i] * (asks ? harm - Gain(rows.Rows[i], score, calibration, cuts, costs) : harm);
            asked += asks ? rows.Weights[i] : 0;
        }

        return new(rows.Rows.Count, asked / mass, before / mass, after / mass);
    }

    /// <summary>The harm that asking about a content removes, less its cost.</summary>
    private static double Gain(TierRow row, double before, TierCalibration calibration, Cuts cuts, AskingCosts costs)
    {
        double after = calibration.For(row.Scores).Score(row.Scores);
        return Harm(cuts.Decide(before), row.Violating, costs) - Harm(cuts.Decide(after), row.Violating, costs) - costs.Ask;
    }

    private static double Harm(Verdict verdict, bool violating, AskingCosts costs) => verdict switch
    {
        Verdict.Borderline => costs.Review,
        Verdict.Violating => violating ? 0 : costs.FalsePositive,
        _ => violating ? costs.FalseNegative : 0,
    };

    /// <summary>The run with the largest sum (Kadane); of equal ones the first.</summary>
    private static (int From, int To, double Sum) LargestRun(double[] gains)
    {
        var best = (From: 0, To: 0, Sum: double.NegativeInfinity);
        int from = 0;
        double sum = 0;
        for (int bin = 0; bin < gains.Length; bin++)
        {
            if (sum <= 0)
            {
                (from, sum) = (bin, 0);
            }

            sum += gains[bin];
            if (sum > best.Sum)
            {
                best = (from, bin, sum);
            }
        }

        return best;
    }
}

/// <summary>What choosing a band came to.</summary>
public abstract record EscalationBandOutcome
{
    private EscalationBandOutcome()
    {
    }

    public sealed record Chosen(EscalationBand Band, EscalationBandReport Report) : EscalationBandOutcome;

    /// <summary>At these costs no score is worth asking about, or not by more than chance.</summary>
    public sealed record NotWorthIt : EscalationBandOutcome;
}

/// <param name="AskedShare">Of contents like these, at the prior.</param>
/// <param name="HarmBefore">Of a content, by the tiers before alone.</param>
/// <param name="HarmAfter">Of a content, what asking costs included.</param>
public sealed record EscalationBandReport(int Contents, double AskedShare, double HarmBefore, double HarmAfter);
