using Moderato.Decisions;
using Moderato.Statistics.Curves;

namespace Moderato.Investigation.Diagnosing;

/// <summary>
/// Whether one monotone map of the score, the same in every slice, takes the current scores back to the reference's.
/// Of a monotone map only the place of the cut matters: the current score t′ that as many contents reach as reached
/// the cut t in the reference. Each half of the clusters uses the t′ found on the other half. Where many contents share the score t′,
/// no threshold undoes the move, and the part of them counts that would have to lose their flag.
/// </summary>
public sealed class ScoreMove
{
    private const double LeastSliceShare = 0.02;
    private const int LeastSliceRows = 200;

    private readonly int[] mappedBin = new int[2];
    private readonly SharedCut[] undone = new SharedCut[2];

    /// <summary>Copies come together: a count of flags varies by so much more than one of single contents.</summary>
    private double together = 1;

    private readonly Evidence evidence;
    private readonly NewContent newContent;

    private ScoreMove(Evidence evidence, NewContent newContent) => (this.evidence, this.newContent) = (evidence, newContent);

    /// <summary>The cut in the reference's scores.</summary>
    public required double Cut { get; init; }

    /// <summary>The current score that stands where <see cref="Cut"/> stood.</summary>
    public double MappedCut => (ScoreBin.Cut(Math.Min(mappedBin[0], ScoreBin.Count - 1)) + ScoreBin.Cut(Math.Min(mappedBin[1], ScoreBin.Count - 1))) / 2;

    /// <summary>
    /// How well one move of all scores explains the flags of each slice. Had all scores moved alike, a slice would have as many flags as its
    /// contents of the reference have at the score s, which in all slices together as many reach as reach the cut now:
    /// 1 − (Σ|flags − those| + |flags that came by the slices' shares|) / Σ|flags − those at the reference's rate|, chance taken off, for the
    /// column where this is least. Near 1: the same move in every slice.
    /// </summary>
    public double Uniformity { get; private set; } = double.NaN;

    /// <summary>
    /// How many standard errors more than in the reference reaches <see cref="Cut"/> now: scores of which no more reach it than by
    /// chance have not moved, wherever a map would take them.
    /// </summary>
    public double RiseAtCut { get; private set; }

    /// <summary>Upper limit of how far texts of both periods moved, as a part of what the map says; null where there are too few.</summary>
    public double? SameTextsMoved { get; private set; }

    /// <summary>The score of the reference whose contents reach <see cref="Cut"/> now.</summary>
    public double MovedToCut { get; private set; }

    /// <summary>The column where one map does worst.</summary>
    public string? LeastUniformColumn { get; private set; }

    /// <summary>The part of this flagged row that loses its flag when as many are flagged as in the reference: 0 to 1.</summary>
    public double Undone(int row) =>
        evidence.IsFlagged(row) ? 1 - undone[1 - Half(row)].Of(ScoreBin.Of(evidence.Table.Scores![row])) : 0;

    /// <summary>Whether a threshold at <see cref="MappedCut"/> would take this flagged row's flag away.</summary>
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
        var before = new double[ScoreBin.Count];
        long reference = 0, referenceFlagged = 0;
        var copies = new Dictionary<int, double>();
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
                before[bin]++;
                referenceFlagged += bin >= cutBin ? 1 : 0;
            }
            else
            {
                double old = newContent.Old(row);
                current[move.Half(row)][bin] += old;
                if (bin >= cutBin)
                {
                    copies[evidence.Clusters[row]] = copies.GetValueOrDefault(evidence.Clusters[row]) + old;
                }
            }
        }

        if (reference == 0 || current[0].Sum() == 0 || current[1].Sum() == 0)
        {
            return null;
        }

        for (int half = 0; half < 2; half++)
        {
            move.mappedBin[half] = BinAtUpperShare(current[half], referenceFlagged / (double)reference);
            move.undone[half] = SharedCut.At(current[half], referenceFlagged / (double)reference);
        }

        double flags = copies.Values.Sum();
        move.together = flags > 0 ? copies.Values.Sum(count => count * count) / flags : 1;
        double all = current[0].Sum() + current[1].Sum(), above = current.Sum(half => half.Skip(cutBin).Sum());
        double pooled = (above + referenceFlagged) / (all + reference);
        move.RiseAtCut = ((above / all) - (referenceFlagged / (double)reference)) / Math.Sqrt(pooled * (1 - pooled) * ((1 / all) + (1.0 / reference)));
        move.MovedToCut = ScoreBin.Cut(SharedCut.At(before, above / all).Bin);
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
        var cells = new Cell[column.Values.Count];
        var histograms = new double[column.Values.Count][];
        double rows = 0;
        for (int row = 0; row < table.Count; row++)
        {
            if (column.Codes[row] is not (>= 0 and var code) || double.IsNaN(table.Scores![row]))
            {
                continue;
            }

            int bin = ScoreBin.Of(table.Scores[row]);
            ref var cell = ref cells[code];
            if (!table.IsCurrent(row))
            {
                (histograms[code] ??= new double[ScoreBin.Count])[bin]++;
                cell.Reference++;
                cell.ReferenceFlagged += bin >= cutBin ? 1 : 0;
                continue;
            }

            double old = newContent.Old(row);
            rows += old;
            cell.Rows += old;
            cell.Flagged += bin >= cutBin ? old : 0;
        }

        int[] known = [.. Enumerable.Range(0, cells.Length).Where(k => cells[k].Rows >= LeastSliceRows && cells[k].Reference >= LeastSliceRows && cells[k].Rows >= LeastSliceShare * rows)];
        if (known.Length == 0)
        {
            return null;
        }

        // The contents of the reference, each slice as large as it is now: the score s that as many of these reach as reach the cut now.
        var mixed = new double[ScoreBin.Count];
        foreach (int k in known)
        {
            for (int bin = 0; bin < mixed.Length; bin++)
            {
                mixed[bin] += histograms[k][bin] * cells[k].Rows / cells[k].Reference;
            }
        }

        double knownRows = known.Sum(k => cells[k].Rows), flagged = known.Sum(k => cells[k].Flagged);
        var moved = SharedCut.At(mixed, flagged / knownRows);

        // E|noise| of a normal is .8 of its standard error.
        double Beyond(double difference, double variance) => Math.Max(0, Math.Abs(difference) - (.8 * Math.Sqrt(variance * together)));
        double change = 0, off = 0, own = 0;
        foreach (int k in known)
        {
            var cell = cells[k];
            double reached = moved.Above(histograms[k]), scale = cell.Rows / cell.Reference;
            double alike = scale * reached, was = scale * cell.ReferenceFlagged;
            own += was;
            change += Beyond(cell.Flagged - was, was + (scale * was));
            off += Beyond(cell.Flagged - alike, alike + (scale * alike));
        }

        // What the slices' shares alone did to the flags no map of scores did.
        double reference = known.Sum(k => cells[k].Reference), overall = knownRows * known.Sum(k => cells[k].ReferenceFlagged) / reference;
        off += Beyond(own - overall, overall * knownRows / reference);
        change = Math.Max(change, Math.Abs(flagged - overall));
        return change > 0 ? 1 - (off / change) : -1;
    }

    /// <summary>A slice: contents and flags of both periods, at the reference's cut.</summary>
    private struct Cell
    {
        public double Rows;
        public double Flagged;
        public double Reference;
        public double ReferenceFlagged;
    }

    private int Half(int row) => (int)(((uint)evidence.Clusters[row] * 2654435769u) >> 31);

    /// <summary>A cut at a bin of which only a part counts as above, so that exactly a wanted share is above.</summary>
    private readonly record struct SharedCut(int Bin, double Kept)
    {
        public double Of(int bin) => bin > Bin ? 1 : bin == Bin ? Kept : 0;

        public double Above(double[] counts)
        {
            double above = Kept * counts[Bin];
            for (int bin = Bin + 1; bin < counts.Length; bin++)
            {
                above += counts[bin];
            }

            return above;
        }

        public static SharedCut At(double[] counts, double share)
        {
            double wanted = share * counts.Sum(), above = 0;
            for (int bin = counts.Length - 1; bin >= 0; bin--)
            {
                if (counts[bin] > 0 && above + counts[bin] >= wanted)
                {
                    return new(bin, (wanted - above) / counts[bin]);
                }

                above += counts[bin];
            }

            return new(0, 1);
        }
    }

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
