using Moderato.Decisions;

namespace Moderato.Benchmarks.RealIncidents;

/// <summary>Which rows people have labelled, and with which probability; NaN: not known.</summary>
internal enum Labels
{
    Sheet,
    Random,
    Audit,
    Appeals,
}

internal static class RealLabels
{
    /// <returns>By row: null where not labelled.</returns>
    public static double?[] Of(RealIncident incident, Labels labels, int seed)
    {
        var random = new Random(seed);
        var rows = incident.Rows;
        var drawn = new double?[rows.Count];
        switch (labels)
        {
            case Labels.Random:
                // One simple random sample over everything: what --labels random says.
                foreach (int row in Enumerable.Range(0, rows.Count).OrderBy(_ => random.Next()).Take(3_000))
                {
                    drawn[row] = double.NaN;
                }

                break;
            case Labels.Audit:
                foreach (bool current in (bool[])[true, false])
                {
                    double flagged = rows.Count(row => row.Current == current && row.Verdict == Verdict.Violating), all = rows.Count(row => row.Current == current);
                    double ofFlagged = Math.Min(1, 200 / flagged), ofRest = Math.Min(1, 200 / (all - flagged));
                    for (int row = 0; row < rows.Count; row++)
                    {
                        double probability = rows[row].Verdict == Verdict.Violating ? ofFlagged : ofRest;
                        drawn[row] = rows[row].Current == current && random.NextDouble() < probability ? probability : drawn[row];
                    }
                }

                break;
            case Labels.Appeals:
                for (int row = 0; row < rows.Count; row++)
                {
                    if (rows[row].Verdict == Verdict.Violating && random.NextDouble() < (rows[row].Violating ? .03 : .15))
                    {
                        drawn[row] = double.NaN;
                    }
                }

                break;
        }

        return drawn;
    }
}
