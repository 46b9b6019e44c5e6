using System.Runtime.InteropServices;
using Moderato.Statistics.Curves;

namespace Moderato.Decisions.Counting;

/// <summary>
/// Counts of decisions: mergeable, so that the sum over commits, nodes and days is what a count over the whole log would give.
/// </summary>
public sealed class DecisionCounts
{
    private readonly Dictionary<CountCell, CellCounts> cells = [];
    private readonly Dictionary<HistogramKey, BinCounts> histograms = [];

    public IReadOnlyDictionary<CountCell, CellCounts> Cells => cells;

    public IReadOnlyDictionary<HistogramKey, BinCounts> Histograms => histograms;

    public bool IsEmpty => cells.Count == 0;

    public void Add(Decision decision)
    {
        long seconds = decision.Time.ToUnixTimeSeconds();
        int hour = (int)Math.Floor(seconds / 3_600.0);
        int day = (int)Math.Floor(seconds / 86_400.0);
        bool given = false;
        foreach (var (category, score) in decision.Scores)
        {
            int bin = ScoreBin.Of(score);
            bool gives = category == decision.Category;
            given |= gives;
            var verdict = gives ? CellCounts.Of(decision.Verdict) : default;
            Add(CellOf(decision, hour, category, CoarseBin.Of(bin)), verdict with { Scored = 1 });
            Histogram(new(decision.Workspace, day, decision.Release, category)).Add(bin, 1);
        }

        if (!given)
        {
            Add(CellOf(decision, hour, decision.Category ?? "", CoarseBin.None), CellCounts.Of(decision.Verdict));
        }
    }

    public void Add(CountCell cell, CellCounts counts) => CollectionsMarshal.GetValueRefOrAddDefault(cells, cell, out _) += counts;

    public void Add(DecisionCounts other)
    {
        foreach (var (cell, counts) in other.cells)
        {
            Add(cell, counts);
        }

        foreach (var (key, counts) in other.histograms)
        {
            Histogram(key).Add(counts);
        }
    }

    public BinCounts Histogram(HistogramKey key)
    {
        ref var counts = ref CollectionsMarshal.GetValueRefOrAddDefault(histograms, key, out _);
        return counts ??= new();
    }

    private static CountCell CellOf(Decision decision, int hour, string category, int bin) =>
        new(decision.Workspace, hour, decision.Release, category, decision.Language, decision.Surface ?? "", decision.Tier, bin);
}
