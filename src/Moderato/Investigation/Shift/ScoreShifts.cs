using Moderato.Decisions;
using Moderato.Investigation.Findings;
using Moderato.Statistics.Curves;
using Moderato.Statistics.HypothesisTests;

namespace Moderato.Investigation.Shift;

/// <summary>Whether the model's own scores lie elsewhere than in the reference: the most sensitive place to look, and it needs no label.</summary>
internal static class ScoreShifts
{
    /// <returns>Null where a period has no score, or the reference one score only.</returns>
    public static ScoreShift? Of(DecisionTable table, double[] scores, PeriodSizes sizes)
    {
        long[] reference = new long[ScoreBin.Count], current = new long[ScoreBin.Count];
        for (int row = 0; row < scores.Length; row++)
        {
            if (!double.IsNaN(scores[row]))
            {
                (table.IsCurrent(row) ? current : reference)[ScoreBin.Of(scores[row])]++;
            }
        }

        return Of(reference, current, sizes);
    }

    /// <summary>Histograms of scores over bins of equal width from 0 to 1.</summary>
    public static ScoreShift? Of(long[] reference, long[] current, PeriodSizes sizes)
    {
        long n = reference.Sum(), m = current.Sum();
        if (n == 0 || m == 0 || WassersteinDistance.OverSigmaOfHistograms(reference, current) is not { } effect)
        {
            return null;
        }

        // Rows without a score make the samples smaller than the periods are.
        var test = KolmogorovSmirnovTest.OfHistograms(reference, current)
            .WithEffectiveSizes(n * sizes.ReferenceFactor, m * sizes.CurrentFactor);
        return new(test.Statistic, effect, test.PValue, Mean(reference, n), Mean(current, m)) { Bands = Bands(reference, n, current, m) };
    }

    private static ScoreBand[] Bands(long[] reference, long n, long[] current, long m)
    {
        var edges = ScoreEdges.For((from, to) => Share(current, m, from, to));
        return [.. edges.Zip(edges.Skip(1), (from, to) => new ScoreBand(from, to, Share(current, m, from, to), Share(reference, n, from, to)))];
    }

    private static double Share(long[] counts, long all, double from, double to)
    {
        int last = counts.Length - 1;
        int first = (int)Math.Round(from * last), end = to >= 1 ? counts.Length : (int)Math.Round(to * last);
        long sum = 0;
        for (int bin = first; bin < end; bin++)
        {
            sum += counts[bin];
        }

        return sum / (double)all;
    }

    private static double Mean(long[] counts, long all)
    {
        double sum = 0;
        for (int bin = 0; bin < counts.Length; bin++)
        {
            sum += (double)bin * counts[bin];
        }

        return sum / all / (counts.Length - 1);
    }
}
