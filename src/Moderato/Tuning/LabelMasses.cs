using Moderato.Statistics.Curves;

namespace Moderato.Tuning;

/// <summary>
/// Truly safe and truly violating content per score bin, estimated for all current contents from some of the labels: weights
/// 1/π scaled so that each of today's verdicts has its known number of contents. Counted in views where those are known.
/// </summary>
/// <param name="Safe">Per bin, in contents of the log.</param>
/// <param name="Violating">Per bin, in contents of the log.</param>
internal sealed record LabelMasses(double[] Safe, double[] Violating)
{
    /// <param name="counts">Whether a labelled row takes part.</param>
    public static LabelMasses Of(TuningRows rows, Func<int, bool> counts)
    {
        var masses = new LabelMasses(new double[ScoreBin.Count], new double[ScoreBin.Count]);
        double[] perRow = PerRow(rows, counts);
        for (int i = 0; i < perRow.Length; i++)
        {
            var row = rows.Rows[i];
            (row.Violating ? masses.Violating : masses.Safe)[row.Bin] += perRow[i];
        }

        return masses;
    }

    /// <summary>What each labelled row stands for, in contents of the log; 0 for those that take no part.</summary>
    public static double[] PerRow(TuningRows rows, Func<int, bool> counts)
    {
        var table = rows.Evidence.Table;
        var contents = rows.ContentsByVerdict;
        var labelled = new double[3];
        for (int i = 0; i < rows.Rows.Length; i++)
        {
            labelled[(int)table.Verdicts[rows.Rows[i].Row]] += counts(i) ? rows.Rows[i].Weight : 0;
        }

        // A verdict without a label leaves only the inclusion probabilities to go by: one stratum of all.
        bool pooled = Enumerable.Range(0, 3).Any(v => contents[v] > 0 && labelled[v] == 0);
        double all = contents.Sum() / labelled.Sum();
        var views = Views(table.Views);
        return [.. rows.Rows.Select((row, i) =>
        {
            int verdict = (int)table.Verdicts[row.Row];
            return !counts(i) ? 0 : row.Weight * (pooled ? all : contents[verdict] / labelled[verdict]) * views(row.Row);
        })];
    }

    /// <summary>Views relative to their mean: a content seen ten times as often harms ten times as much.</summary>
    private static Func<int, double> Views(double[]? views)
    {
        double mean = views?.Where(seen => !double.IsNaN(seen)).DefaultIfEmpty().Average() ?? 0;
        return row => mean > 0 && !double.IsNaN(views![row]) ? views[row] / mean : 1;
    }
}
