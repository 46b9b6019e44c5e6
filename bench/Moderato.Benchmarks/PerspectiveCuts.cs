using System.Globalization;
using Moderato.Statistics.Curves;
using Moderato.Statistics.Intervals;

namespace Moderato.Benchmarks;

/// <summary>Which score of ours flags as many contents as a cut on Perspective's score did, and what each of the two gets wrong.</summary>
internal static class PerspectiveCuts
{
    private static readonly double[] Cuts = [.5, .6, .7, .8, .9];

    /// <param name="perspective">Perspective's scores of the same rows, in the same order, as <paramref name="ours"/>.</param>
    public static ResultTable Table(double[] perspective, double[] ours, bool[] toxic)
    {
        var table = new ResultTable(
            "A cut of theirs and ours", "",
            "Perspective's cut", "flagged", "FPR", "FNR", "our score that flags as many", "FPR", "FNR");
        double[] ranked = [.. ours.OrderDescending()];
        foreach (double cut in Cuts)
        {
            int flagged = perspective.Count(score => score >= cut);
            double same = ranked[flagged - 1];
            table.Add(
                cut.ToString("F1", CultureInfo.InvariantCulture), string.Create(CultureInfo.InvariantCulture, $"{100.0 * flagged / ours.Length:F2}%"),
                Share(perspective, toxic, cut, positive: false), Share(perspective, toxic, cut, positive: true),
                same.ToString("F4", CultureInfo.InvariantCulture),
                Share(ours, toxic, same, positive: false), Share(ours, toxic, same, positive: true));
        }

        table.Note(
            "FPR: flagged of the truly safe; FNR: not flagged of the truly toxic; Wilson, 95%. Scores are kept to 4 decimals, so ours may flag "
            + "a few more where several contents share the score. Where more or less violates than here, take the cut from your own log: "
            + "`moderato tune`.");
        return table;
    }

    private static string Share(double[] scores, bool[] toxic, double cut, bool positive)
    {
        int of = 0, wrong = 0;
        for (int i = 0; i < scores.Length; i++)
        {
            if (toxic[i] == positive)
            {
                of++;
                wrong += scores[i] >= cut == positive ? 0 : 1;
            }
        }

        var interval = WilsonInterval.Of(wrong, of);
        return string.Create(CultureInfo.InvariantCulture, $"{100.0 * wrong / of:F1}% [{100 * interval.Low:F1}, {100 * interval.High:F1}]");
    }
}
