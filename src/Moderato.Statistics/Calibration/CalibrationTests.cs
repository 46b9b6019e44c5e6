using Moderato.Statistics.Curves;
using Moderato.Statistics.Distributions;

namespace Moderato.Statistics.Calibration;

/// <param name="Statistic">The test's statistic.</param>
/// <param name="P">P of a statistic at least as extreme if the probabilities were right.</param>
public readonly record struct CalibrationTest(double Statistic, double P);

/// <summary>
/// Tests of "the scores are the probabilities". All weighted: the variance under the hypothesis is Σ w² p(1 − p). Undefined where
/// every score is certain (0 or 1; for Spiegelhalter also ½): then nothing varies.
/// </summary>
public static class CalibrationTests
{
    /// <summary>z = Σ w(y − p)(1 − 2p) / √Σ w²(1 − 2p)² p(1 − p), two-sided (Spiegelhalter 1986).</summary>
    public static Outcome<CalibrationTest> Spiegelhalter(LabelledScores rows)
    {
        rows.CheckProbabilities();
        double sum = 0, variance = 0;
        for (int i = 0; i < rows.Count; i++)
        {
            double p = rows.Scores[i], w = rows.Weights[i], slope = 1 - (2 * p);
            sum += w * ((rows.Positive[i] ? 1 : 0) - p) * slope;
            variance += w * w * slope * slope * p * (1 - p);
        }

        double z = sum / Math.Sqrt(variance);
        return variance == 0
            ? Outcome.Undefined<CalibrationTest>("Every score is 0, ½ or 1: the Brier score cannot vary.")
            : Outcome.Defined(new CalibrationTest(z, NormalDistribution.TwoSidedTail(z)));
    }

    /// <summary>
    /// max |C| over the cumulative sums C of w(y − p) by rising p, ties together, in standard deviations; its law is that of
    /// max |Brownian motion| on [0,1] (Arrieta-Ibarra et al. 2022).
    /// </summary>
    public static Outcome<CalibrationTest> KolmogorovSmirnov(LabelledScores rows) =>
        Cumulative(rows, (lowest, highest) => Math.Max(highest, -lowest), BrownianMotion.LargestAbsoluteUpperTail);

    /// <summary>max C − min C with C₀ = 0 left out, as MAPIE; its law is that of the range of Brownian motion on [0,1].</summary>
    public static Outcome<CalibrationTest> Kuiper(LabelledScores rows) =>
        Cumulative(rows, (lowest, highest) => highest - lowest, BrownianMotion.RangeUpperTail);

    private static Outcome<CalibrationTest> Cumulative(
        LabelledScores rows, Func<double, double, double> statistic, Func<double, double> upperTail)
    {
        rows.CheckProbabilities();
        var order = ScoreLevels.Order(rows);
        double sum = 0, variance = 0, lowest = double.PositiveInfinity, highest = double.NegativeInfinity;
        for (int at = 0; at < order.Length; at++)
        {
            int row = order[at];
            double p = rows.Scores[row], w = rows.Weights[row];
            sum += w * ((rows.Positive[row] ? 1 : 0) - p);
            variance += w * w * p * (1 - p);
            if (at + 1 == order.Length || rows.Scores[order[at + 1]] != p)
            {
                lowest = Math.Min(lowest, sum);
                highest = Math.Max(highest, sum);
            }
        }

        if (variance == 0)
        {
            return Outcome.Undefined<CalibrationTest>("Every score is 0 or 1: nothing may vary.");
        }

        double deviation = Math.Sqrt(variance), value = statistic(lowest / deviation, highest / deviation);
        return Outcome.Defined(new CalibrationTest(value, upperTail(value)));
    }
}
