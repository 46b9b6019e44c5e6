using Moderato.Statistics.Curves;

namespace Moderato.Tuning;

/// <summary>
/// Truly safe and truly violating content per score bin, estimated for all current contents from one half of the labels:
/// weights 1/π scaled so that each of today's verdicts has its known number of contents. Counted in views where those are known.
/// </summary>
/// <param name="Safe">Per bin, in contents of the log.</param>
/// <param name="Violating">Per bin, in contents of the log.</param>
internal sealed record HalfMasses(double[] Safe, double[] Violating, long SafeRows, long ViolatingRows)
{
    public static HalfMasses Of(TuningRows rows, bool chooses)
    {
        var table = rows.Evidence.Table;
        var contents = new double[3];
        var labelled = new double[3];
        for (int row = 0; row < table.Count; row++)
        {
            contents[(int)table.Verdicts[row]] += table.IsCurrent(row) && !double.IsNaN(table.Scores![row]) ? 1 : 0;
        }

        foreach (var row in rows.Rows)
        {
            labelled[(int)table.Verdicts[row.Row]] += row.Chooses == chooses ? row.Weight : 0;
        }

        // A verdict without a label in this half leaves only the inclusion probabilities to go by: one stratum of all.
        bool pooled = Enumerable.Range(0, 3).Any(v => contents[v] > 0 && labelled[v] == 0);
        double all = contents.Sum() / labelled.Sum();
        var views = Views(table.Views, table.Count);
        var half = new HalfMasses(new double[ScoreBin.Count], new double[ScoreBin.Count], 0, 0);
        long safe = 0, violating = 0;
        foreach (var row in rows.Rows)
        {
            if (row.Chooses == chooses)
            {
                int verdict = (int)table.Verdicts[row.Row];
                double mass = row.Weight * (pooled ? all : contents[verdict] / labelled[verdict]) * views(row.Row);
                (row.Violating ? half.Violating : half.Safe)[row.Bin] += mass;
                safe += row.Violating ? 0 : 1;
                violating += row.Violating ? 1 : 0;
            }
        }

        return half with { SafeRows = safe, ViolatingRows = violating };
    }

    /// <summary>Views relative to their mean: a content seen ten times as often harms ten times as much.</summary>
    private static Func<int, double> Views(double[]? views, int count)
    {
        if (views is null)
        {
            return _ => 1;
        }

        double sum = 0;
        long known = 0;
        for (int row = 0; row < count; row++)
        {
            if (!double.IsNaN(views[row]))
            {
                sum += views[row];
                known++;
            }
        }

        double mean = sum / known;
        return row => mean > 0 && !double.IsNaN(views[row]) ? views[row] / mean : 1;
    }
}
