using Moderato.Decisions;
using Moderato.Statistics.Sampling;

namespace Moderato.Investigation.Shift;

/// <summary>
/// The rows on which a domain classifier is fitted: one a near-duplicate cluster and side, so that a copypasta counts once,
/// at most <see cref="MostASide"/> of a side, drawn by hash so that the same seed draws the same rows. All rows of a cluster are of one fold.
/// </summary>
internal sealed class DomainSample
{
    public const int MostASide = 20_000;
    public const int Folds = 5;

    private readonly int[] clusters;
    private readonly ulong seed;

    private DomainSample(int[] clusters, ulong seed, int[] rows, int reference) =>
        (this.clusters, this.seed, Rows, Reference) = (clusters, seed, rows, reference);

    /// <summary>The rows drawn, those of the reference first.</summary>
    public int[] Rows { get; }

    /// <summary>How many of <see cref="Rows"/> are of the reference.</summary>
    public int Reference { get; }

    public int Current => Rows.Length - Reference;

    public static DomainSample Of(DecisionTable table, int[] clusters, ulong seed, int mostASide = MostASide)
    {
        int[] reference = Drawn(false), current = Drawn(true);
        return new(clusters, seed, [.. reference, .. current], reference.Length);

        int[] Drawn(bool side)
        {
            var seen = new HashSet<int>();
            var rows = new List<int>();
            for (int row = 0; row < table.Count; row++)
            {
                if (table.IsCurrent(row) == side && seen.Add(clusters[row]))
                {
                    rows.Add(row);
                }
            }

            int[] drawn = [.. rows];
            Array.Sort(Array.ConvertAll(drawn, row => Hash(clusters[row], seed)), drawn);
            return drawn[..Math.Min(mostASide, drawn.Length)];
        }
    }

    /// <summary>The fold of any row, drawn or not.</summary>
    public int FoldOf(int row) => (int)(Hash(clusters[row], seed + 1) % Folds);

    private static ulong Hash(int cluster, ulong seed) => new SplitMix64((uint)cluster ^ (seed << 32)).Next();
}
