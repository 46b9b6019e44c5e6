using Moderato.Decisions;
using Moderato.Investigation.Findings;
using Moderato.Statistics.Intervals;

namespace Moderato.Investigation;

/// <summary>
/// Composition and bounds from labels that carry no rate. The bounds assume nothing about what is not labelled (Manski 1990): each
/// unlabelled content is taken as what makes the rate least, then as what makes it most.
/// </summary>
internal static class SelectiveLabels
{
    private const double Confidence = 0.95;

    /// <summary>Fewer known false positives are read, not counted.</summary>
    private const int LeastFalsePositives = 10;

    private const int LeastOfPart = 5;
    private const int MostParts = 8;

    /// <returns>Null where the labels carry a rate, or where there are none.</returns>
    public static LabelBounds? Of(Evidence evidence)
    {
        var table = evidence.Table;
        if (table.Design is not LabelDesign.Unknown)
        {
            return null;
        }

        // [verdict, label + 1]
        var counts = new long[3, 3];
        for (int row = 0; row < table.Count; row++)
        {
            if (table.IsCurrent(row))
            {
                counts[(int)table.Verdicts[row], table.Labels[row] + 1]++;
            }
        }

        const int safe = (int)Verdict.Safe, borderline = (int)Verdict.Borderline, violating = (int)Verdict.Violating, unknown = 0, isSafe = 1, violates = 2;
        long falsePositives = counts[violating, isSafe], rightFlags = counts[violating, violates];
        long labelled = falsePositives + rightFlags + counts[safe, isSafe] + counts[safe, violates] + counts[borderline, isSafe] + counts[borderline, violates];
        if (labelled == 0)
        {
            return null;
        }

        long mostFalsePositives = falsePositives + counts[violating, unknown], flagged = mostFalsePositives + rightFlags;
        long otherSafe = counts[safe, isSafe] + counts[borderline, isSafe], mostOtherSafe = otherSafe + counts[safe, unknown] + counts[borderline, unknown];
        long missed = counts[safe, violates], mostMissed = missed + counts[safe, unknown];
        long caught = rightFlags + counts[borderline, violates], mostCaught = caught + counts[violating, unknown] + counts[borderline, unknown];
        return new(
            Source(table), labelled, falsePositives, rightFlags,
            new(Share(falsePositives, mostOtherSafe, 0), Share(mostFalsePositives, otherSafe, 1)),
            new(Share(falsePositives, mostOtherSafe, 0), Share(mostFalsePositives, mostOtherSafe, 1)),
            new(Share(falsePositives, flagged - falsePositives, 0), Share(mostFalsePositives, rightFlags, 1)),
            new(Share(missed, mostCaught, 0), Share(mostMissed, caught, 1)),
            Composition(evidence));
    }

    private static double Share(long part, long rest, double ofNothing) => part + rest == 0 ? ofNothing : part / (double)(part + rest);

    private static string Source(DecisionTable table)
    {
        string[] sources = table.LabelSources is not { } all ? [] : [.. Enumerable.Range(0, table.Count)
            .Where(row => table.IsCurrent(row) && table.Labels[row] >= 0).Select(row => all[row]).Distinct().Order().Select(source => source switch
            {
                LabelSource.Appeal => "appeals",
                LabelSource.Queue => "the review queue",
                LabelSource.Complaint => "complaints",
                LabelSource.Gold => "gold items",
                LabelSource.Import => "imports",
                _ => "a source that is not stated",
            }).Distinct()];
        return sources.Length == 0 ? "a source that is not stated" : string.Join(" and ", sources);
    }

    private static IReadOnlyList<CompositionPart> Composition(Evidence evidence)
    {
        int[] flagged = OneACluster(evidence, evidence.IsFlagged), wrong = OneACluster(evidence, row => evidence.IsFlagged(row) && evidence.Table.Labels[row] == 0);
        if (wrong.Length < LeastFalsePositives)
        {
            return [];
        }

        var parts = new List<CompositionPart>();
        foreach (var column in evidence.SliceColumns.Where(column => ContentColumns.DescribesContent(column.Name)))
        {
            long[] ofWrong = Counted(column, wrong), ofFlagged = Counted(column, flagged);
            for (int value = 0; value < ofWrong.Length; value++)
            {
                var share = WilsonInterval.Rate(
                    ofWrong[value], wrong.Length, "known false positives, one a near-duplicate cluster", "chosen by people, no sample", Confidence);
                double ofAll = ofFlagged[value] / (double)flagged.Length;
                if (ofWrong[value] >= LeastOfPart && share is Rate.Known { Low: var low } && low > ofAll)
                {
                    parts.Add(new(new Dictionary<string, string> { [column.Name] = column.Values[value] }, share, ofAll));
                }
            }
        }

        return [.. parts.OrderByDescending(part => ((Rate.Known)part.Share).Estimate - part.ShareOfFlags).Take(MostParts)];
    }

    private static int[] OneACluster(Evidence evidence, Func<int, bool> isOne)
    {
        var taken = new HashSet<int>();
        return [.. Enumerable.Range(0, evidence.Table.Count).Where(row => evidence.Table.IsCurrent(row) && isOne(row) && taken.Add(evidence.Clusters[row]))];
    }

    private static long[] Counted(CodedColumn column, int[] rows)
    {
        var counts = new long[column.Values.Count];
        foreach (int row in rows)
        {
            if (column.Codes[row] is var code and >= 0)
            {
                counts[code]++;
            }
        }

        return counts;
    }
}
