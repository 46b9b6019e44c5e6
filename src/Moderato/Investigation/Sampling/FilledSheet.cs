using Moderato.Decisions;

namespace Moderato.Investigation.Sampling;

/// <summary>One line of a coding sheet that came back.</summary>
/// <param name="Row">The content's row in the table.</param>
/// <param name="Label">1 violating, 0 safe, −1 not filled in.</param>
/// <param name="SecondLabel">An independent second label, −1 where there is none.</param>
/// <param name="Code">What kind of content it is, where that was filled in.</param>
public sealed record FilledLine(
    int Row, int ClusterSize, double InclusionProbability, sbyte Label, Votes Votes, sbyte SecondLabel, string? Code);

/// <summary>Puts the labels of a coding sheet into the table that it was drawn from.</summary>
public static class FilledSheet
{
    /// <summary>
    /// A label stands for every content of the near-duplicate cluster, each with the cluster's inclusion probability, so that
    /// totals over contents are estimated without bias. Lines that were not filled in are taken to be left out at random:
    /// within each probability π becomes π · filled / drawn (a sheet is in random order, so whoever stops early stops at random).
    /// Other labels of a period that the sheet was drawn from keep no probability: two designs are not mixed.
    /// </summary>
    /// <param name="assumed">Receives a sentence for each thing taken for granted.</param>
    public static DecisionTable Apply(DecisionTable table, IReadOnlyList<FilledLine> lines, ICollection<string> assumed)
    {
        if (RepeatsLabels(table, lines))
        {
            return ApplyCodes(table, lines, assumed);
        }

        var scale = FilledShares(lines, assumed);
        var labels = (sbyte[])table.Labels.Clone();
        var probabilities = OtherProbabilities(table, lines, assumed);
        var votes = (Votes[]?)table.Votes?.Clone() ?? new Votes[table.Count];
        var second = (sbyte[]?)table.SecondLabels?.Clone() ?? Unknown(table.Count);
        var lineOf = LineOfEachRow(table, lines, assumed);
        var codes = new CodedColumn.Builder("code");
        for (int row = 0; row < table.Count; row++)
        {
            var line = lineOf[row] < 0 ? null : lines[lineOf[row]];
            if (line is not { Label: >= 0 })
            {
                codes.AddMissing(1);
                continue;
            }

            labels[row] = line.Label;
            probabilities[row] = line.InclusionProbability * scale[line.InclusionProbability];
            votes[row] = line.Votes.Known ? line.Votes : votes[row];
            second[row] = line.SecondLabel >= 0 ? line.SecondLabel : second[row];
            codes.Add(line.Code);
        }

        return table with
        {
            Labels = labels,
            Design = new LabelDesign.Known(probabilities),
            Votes = votes.Any(vote => vote.Known) ? votes : null,
            SecondLabels = second.Any(label => label >= 0) ? second : null,
            Codes = lines.Any(line => line.Code is not null) ? codes.Build() : null,
        };
    }

    /// <summary>
    /// Puts only the codes in. A sheet of false positives says what they are; its contents were chosen for being false positives, so that
    /// of rates it says nothing, and the labels and their design stay as they were.
    /// </summary>
    /// <param name="assumed">Receives a sentence for each thing taken for granted.</param>
    public static DecisionTable ApplyCodes(DecisionTable table, IReadOnlyList<FilledLine> lines, ICollection<string> assumed)
    {
        var lineOf = LineOfEachRow(table, lines, assumed);
        var codes = new CodedColumn.Builder("code");
        for (int row = 0; row < table.Count; row++)
        {
            codes.Add((lineOf[row] < 0 ? null : lines[lineOf[row]].Code) ?? table.Codes?[row]);
        }

        return table with { Codes = table.Codes is null && lines.All(line => line.Code is null) ? null : codes.Build() };
    }

    /// <summary>Every label is in the log already, and its sampling there is known: the sheet was drawn from labelled contents, to be coded.</summary>
    private static bool RepeatsLabels(DecisionTable table, IReadOnlyList<FilledLine> lines) =>
        table.Design is LabelDesign.Known or LabelDesign.Random
        && lines.Any(line => line.Code is not null)
        && lines.All(line => !line.Votes.Known && line.SecondLabel < 0 && table.Labels[line.Row] >= 0 && (line.Label < 0 || line.Label == table.Labels[line.Row]));

    private static Dictionary<double, double> FilledShares(IReadOnlyList<FilledLine> lines, ICollection<string> assumed)
    {
        int empty = lines.Count(line => line.Label < 0);
        if (empty > 0)
        {
            assumed.Add($"{empty} of {lines.Count} lines of the sheet have no label; they are taken to be left out at random.");
        }

        return lines.GroupBy(line => line.InclusionProbability)
            .ToDictionary(drawn => drawn.Key, drawn => drawn.Count(line => line.Label >= 0) / (double)drawn.Count());
    }

    /// <summary>Probabilities of the labels that were there before, in periods that the sheet was not drawn from.</summary>
    private static double[] OtherProbabilities(DecisionTable table, IReadOnlyList<FilledLine> lines, ICollection<string> assumed)
    {
        bool[] drawnFrom = [lines.Any(line => table.IsCurrent(line.Row)), lines.Any(line => !table.IsCurrent(line.Row))];
        var rows = new long[2];
        var labelled = new long[2];
        for (int row = 0; row < table.Count; row++)
        {
            int period = table.IsCurrent(row) ? 0 : 1;
            rows[period]++;
            labelled[period] += table.Labels[row] >= 0 ? 1 : 0;
        }

        var probabilities = new double[table.Count];
        long dropped = 0;
        for (int row = 0; row < probabilities.Length; row++)
        {
            int period = table.IsCurrent(row) ? 0 : 1;
            probabilities[row] = table.Labels[row] < 0 || drawnFrom[period] ? double.NaN : table.Design switch
            {
                LabelDesign.Known known => known.InclusionProbabilities[row],
                LabelDesign.Random => labelled[period] / (double)rows[period],
                _ => double.NaN,
            };
            dropped += table.Labels[row] >= 0 && drawnFrom[period] ? 1 : 0;
        }

        if (dropped > 0)
        {
            assumed.Add($"{dropped} labels were in the log before; rates use the sheet's alone, for its probabilities are known.");
        }

        return probabilities;
    }

    /// <summary>Which line speaks for each row: the line of its near-duplicate cluster; −1 where there is none.</summary>
    private static int[] LineOfEachRow(DecisionTable table, IReadOnlyList<FilledLine> lines, ICollection<string> assumed)
    {
        var lineOf = new int[table.Count];
        Array.Fill(lineOf, -1);
        if (table.Clusters is not { } clusters)
        {
            for (int line = 0; line < lines.Count; line++)
            {
                lineOf[lines[line].Row] = line;
            }

            return lineOf;
        }

        var lineOfCluster = new Dictionary<int, int>();
        for (int line = 0; line < lines.Count; line++)
        {
            lineOfCluster.TryAdd(clusters[lines[line].Row], line);
        }

        var sizes = new int[lines.Count];
        for (int row = 0; row < lineOf.Length; row++)
        {
            if (lineOfCluster.TryGetValue(clusters[row], out int line))
            {
                lineOf[row] = line;
                sizes[line]++;
            }
        }

        int others = lines.Where((line, index) => line.ClusterSize > 0 && line.ClusterSize != sizes[index]).Count();
        if (others > 0)
        {
            assumed.Add($"{others} near-duplicate clusters have another size than the sheet says: the log is not the one that the sheet was drawn from.");
        }

        return lineOf;
    }

    private static sbyte[] Unknown(int count)
    {
        var labels = new sbyte[count];
        Array.Fill(labels, (sbyte)-1);
        return labels;
    }
}
