using Moderato.Decisions;
using Moderato.Statistics.Curves;

namespace Moderato.Investigation.Diagnosing;

/// <summary>
/// Whether one monotone map of the score, the same in every slice, takes the current scores back to the reference's.
/// Of a monotone map only the place of the cut matters: the current score t′ that as many contents reach as reached
/// the cut t in the reference. Each half of the clusters uses the t′ found on the other half.
/// </summary>
public sealed class ScoreMove
{
    private const double LeastSliceShare = 0.02;
    private const int LeastSliceRows = 200;

    private readonly int[] mappedBin = new int[2];
    private readonly Evidence evidence;
    private readonly NewContent newContent;

    private ScoreMove(Evidence evidence, NewContent newContent) => (this.evidence, this.newContent) = (evidence, newContent);

    /// <summary>The cut in the reference's scores.</summary>
    public required double Cut { get; init; }

    /// <summary>The current score that stands where <see cref="Cut"/> stood.</summary>
    public double MappedCut => (ScoreBin.Cut(Math.Min(mappedBin[0], ScoreBin.Count - 1)) + ScoreBin.Cut(Math.Min(mappedBin[1], ScoreBin.Count - 1))) / 2;

    /// <summary>
    /// 1 − Σ n|change of the flag rate after the map| / Σ n|change before it| over the slices of a column, sampling noise taken
    /// off, for the column where the map does worst. Near 1: the same map fits every slice.
    /// </summary>
    public double Uniformity { get; private set; } = double.NaN;

    /// <summary>
    /// How many standard errors more than in the reference reaches <see cref="Cut"/> now: scores of which no more reach it than by
    /// chance have not moved, wherever a map would take them.
    /// </summary>
    public double RiseAtCut { get; private set; }

    /// <summary>Upper limit of how far texts of both periods moved, as a part of what the map says; null where there are too few.</summary>
    public double? SameTextsMoved { get; private set; }

    /// <summary>The column where one map does worst.</summary>
    public string? LeastUniformColumn { get; private set; }

    /// <summary>Whether the map would take this flagged row's flag away.</summary>
    public bool Removes(int row) =>
        evidence.IsFlagged(row) && ScoreBin.Of(evidence.Table.Scores![row]) < mappedBin[1 - Half(row)];

    /// <summary>Null when there is no score, no reference or no known cut.</summary>
    /// <param name="strata">Kinds of content in each of which the map has to hold.</param>
    public static ScoreMove? Of(Evidence evidence, NewContent newContent, IEnumerable<CodedColumn> strata)
    {
        var table = evidence.Table;
        if (table.Scores is not { } scores || !evidence.HasReference || BlockCuts.Of(table) is not { Reference: { } cut })
        {
            return null;
        }

        var move = new ScoreMove(evidence, newContent) { Cut = cut };
        int cutBin = ScoreBin.Of(cut);
        var current = new[] { new double[ScoreBin.Count], new double[ScoreBin.Count] };
        long reference = 0, referenceFlagged = 0;
        for (int row = 0; row < table.Count; row++)
        {
            if (double.IsNaN(scores[row]))
            {
                continue;
            }

            int bin = ScoreBin.Of(scores[row]);
            if (!table.IsCurrent(row))
            {
                reference++;
                referenceFlagged += bin >= cutBin ? 1 : 0;
            }
            else
            {
                current[move.Half(row)][bin] += newContent.Old(row);
            }
        }

        if (reference == 0 || current[0].Sum() == 0 || current[1].Sum() == 0)
        {
            return null;
        }

        for (int half = 0; half < 2; half++)
        {
            move.mappedBin[half] = BinAtUpperShare(current[half], referenceFlagged / (double)reference);
        }

        double all = current[0].Sum() + current[1].Sum(), above = current.Sum(half => half.Skip(cutBin).Sum());
        double pooled = (above + referenceFlagged) / (all + reference);
        move.RiseAtCut = ((above / all) - (referenceFlagged / (double)reference)) / Math.Sqrt(pooled * (1 - pooled) * ((1 / all) + (1.0 / reference)));
        move.MeasureUniformity(strata, cutBin);
        move.SameTextsMoved = SameTexts.MostMoved(evidence, newContent);
        return move;
    }

    private void MeasureUniformity(IEnumerable<CodedColumn> strata, int cutBin)
    {
        Uniformity = double.PositiveInfinity;
        foreach (var column in strata.Prepend(new CodedColumn("all", new int[evidence.Table.Count], ["all"])))
        {
            if (UniformityIn(column, cutBin) is { } uniformity && uniformity < Uniformity)
            {
                (Uniformity, LeastUniformColumn) = (uniformity, column.Name);
            }
        }

        Uniformity = double.IsPositiveInfinity(Uniformity) ? double.NaN : Uniformity;
    }

    private double? UniformityIn(CodedColumn column, int cutBin)
    {
        var table = evidence.Table;
        var cells = new (double Rows, double Flagged, double Mapped, double Reference, double ReferenceFlagged)[column.Values.Count];
        double rows = 0;
        for (int row = 0; row < table.Count; row++)
        {
            int code = column.Codes[row];
            if (code < 0 || double.IsNaN(table.Scores![row]))
            {
                continue;
            }

            int bin = ScoreBin.Of(table.Scores[row]);
            ref var cell = ref cells[code];
            if (!table.IsCurrent(row))
            {
                cell.Reference++;
                cell.ReferenceFlagged += bin >= cutBin ? 1 : 0;
            }
            else
            {
                double old = newContent.Old(row);
                rows += old;
                cell.Rows += old;
                cell.Flagged += bin >= cutBin ? old : 0;
                cell.Mapped += bin >= mappedBin[1 - Half(row)] ? old : 0;
            }
        }

        double referenceRate = cells.Sum(c => c.ReferenceFlagged) / cells.Sum(c => c.Reference);
        double coarseness = cells.Sum(c => c.Mapped) / rows / referenceRate;
        double before = 0, after = 0;
        bool any = false;
        foreach (var cell in cells)
        {
            if (cell.Rows < LeastSliceRows || cell.Reference < LeastSliceRows || cell.Rows < LeastSliceShare * rows)
            {
                continue;
            }

            // With few distinct scores no cut meets the reference's share exactly: what is over is over in every slice alike.
            // E|noise| of a normal is .8 of its standard error.
            double was = cell.ReferenceFlagged / cell.Reference;
            double noise = 0.8 * Math.Sqrt(was * (1 - was) * ((1 / cell.Reference) + (1 / cell.Rows)));
            any = true;
            before += cell.Rows * Math.Max(0, Math.Abs((cell.Flagged / cell.Rows) - was) - noise);
            after += cell.Rows * Math.Max(0, Math.Abs((cell.Mapped / cell.Rows) - (was * coarseness)) - noise);
        }

        // Where nothing changed inside this column's slices it is their shares that moved, not the scores: the whole change is the least that was to be undone.
        before = Math.Max(before, Math.Abs(cells.Sum(c => c.Flagged) - (rows * referenceRate)));
        return !any ? null : before > 0 ? 1 - (after / before) : -1;
    }

    private int Half(int row) => (int)(((uint)evidence.Clusters[row] * 2654435769u) >> 31);

    // The bin whose upper tail comes nearest to the wanted share: with lumpy scores it cannot be met exactly.
    private static int BinAtUpperShare(double[] counts, double share)
    {
        double all = counts.Sum(), above = 0;
        int best = ScoreBin.Count;
        double bestGap = share;
        for (int bin = ScoreBin.Count - 1; bin >= 0; bin--)
        {
            above += counts[bin];
            double gap = Math.Abs((above / all) - share);
            if (counts[bin] > 0 && gap <= bestGap)
            {
                (best, bestGap) = (bin, gap);
            }
        }

        return best;
    }
}
