using Moderato.Decisions;

namespace Moderato.Drills.Simulation;

/// <summary>Uncovers the labels that a regime gives.</summary>
internal static class Labelling
{
    private const double AppealedWhenWrong = .15;
    private const double AppealedWhenRight = .04;
    private const double NearTheCut = .2;

    public static DecisionTable Apply(SimulatedIncident incident, LabelRegime regime)
    {
        var (table, truth) = (incident.Table, incident.Truth);
        var random = new SeededRandom(incident.Plan, "labelling");
        switch (regime)
        {
            case LabelRegime.All:
                return Uncover(Enumerable.Repeat(1.0, table.Count).ToArray(), LabelSource.Gold);
            case LabelRegime.Random(var current, var reference):
                return Uncover(Sample(current, reference, random, table, (rows, budget) => Simple(rows, budget, random)), LabelSource.Random);
            case LabelRegime.Audit(var current, var reference):
                return Uncover(Sample(current, reference, random, table, (rows, budget) => Poisson(rows, budget, table, random)), LabelSource.Audit);
            case LabelRegime.Queue:
                return Uncover(Select(row => table.Verdicts[row] != Verdict.Safe), LabelSource.Queue);
            case LabelRegime.Appeals:
                return Uncover(Select(row => table.Verdicts[row] == Verdict.Violating && random.Chance(truth.Violating[row] ? AppealedWhenRight : AppealedWhenWrong)), LabelSource.Appeal);
            default:
                return table;
        }

        // NaN: not labelled; 0: labelled with an unknown probability.
        double[] Select(Func<int, bool> labelled) => [.. Enumerable.Range(0, table.Count).Select(row => labelled(row) ? 0 : double.NaN)];

        DecisionTable Uncover(double[] probabilities, LabelSource source)
        {
            bool Labelled(int row) => !double.IsNaN(probabilities[row]);
            bool known = source is LabelSource.Random or LabelSource.Audit or LabelSource.Gold;
            var rows = Enumerable.Range(0, table.Count).ToArray();
            return table with
            {
                Labels = Array.ConvertAll(rows, row => Labelled(row) ? truth.Labels[row] : (sbyte)-1),
                Votes = Array.ConvertAll(rows, row => Labelled(row) ? truth.Votes[row] : default),
                SecondLabels = Array.ConvertAll(rows, row => Labelled(row) ? truth.SecondLabels[row] : (sbyte)-1),
                LabelSources = Array.ConvertAll(rows, row => Labelled(row) ? source : LabelSource.Unknown),
                Design = known ? new LabelDesign.Known(probabilities) : new LabelDesign.Unknown($"the labels come from the {source.ToString().ToLowerInvariant()} only"),
            };
        }
    }

    private static double[] Sample(int current, int reference, SeededRandom random, DecisionTable table, Func<int[], int, IEnumerable<(int Row, double Probability)>> draw)
    {
        var probabilities = new double[table.Count];
        Array.Fill(probabilities, double.NaN);
        foreach (var (budget, inCurrent) in new[] { (current, true), (reference, false) })
        {
            foreach (var (row, probability) in draw([.. Enumerable.Range(0, table.Count).Where(row => table.IsCurrent(row) == inCurrent)], budget))
            {
                probabilities[row] = probability;
            }
        }

        return probabilities;
    }

    private static IEnumerable<(int Row, double Probability)> Simple(int[] rows, int budget, SeededRandom random)
    {
        budget = Math.Min(budget, rows.Length);
        random.Shuffle<int>(rows);
        return rows.Take(budget).Select(row => (row, budget / (double)rows.Length));
    }

    private static IEnumerable<(int Row, double Probability)> Poisson(int[] rows, int budget, DecisionTable table, SeededRandom random)
    {
        double cut = table.Cuts!.BlockFrom!.Value;
        int Band(int row) => table.Verdicts[row] == Verdict.Violating ? 0 : table.Scores![row] >= cut - NearTheCut ? 1 : 2;
        var sizes = new int[3];
        foreach (int row in rows)
        {
            sizes[Band(row)]++;
        }

        // What a small band cannot take goes on to the next one.
        double[] parts = [.5 * budget, .33 * budget, .17 * budget];
        for (int band = 0; band < 2; band++)
        {
            parts[band + 1] += Math.Max(0, parts[band] - sizes[band]);
        }

        foreach (int row in rows)
        {
            int band = Band(row);
            double probability = Math.Min(1, parts[band] / sizes[band]);
            if (random.Chance(probability))
            {
                yield return (row, probability);
            }
        }
    }
}
