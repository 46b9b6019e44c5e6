using System.Runtime.InteropServices;
using Moderato.Statistics.Curves;

namespace Moderato.Decisions.Counting;

/// <summary>
/// Counts of decisions: mergeable, so that the sum over commits, nodes and days is what a count over the whole log would give.
/// </summary>
public sealed class DecisionCounts
{
    private readonly Dictionary<Kind, Dictionary<string, Column>> kinds = [];
    private readonly Dictionary<HistogramKey, BinCounts> histograms = [];

    public IEnumerable<KeyValuePair<CountCell, CellCounts>> Cells =>
        from kind in kinds
        from column in kind.Value
        from cell in column.Value.Cells
        select KeyValuePair.Create(kind.Key.Cell(column.Key, cell.Key), cell.Value);

    /// <summary>Decisions on content whose surface has no name among the counts.</summary>
    public long OnOtherSurfaces => Cells.Where(cell => cell.Key.Surface == NamedSurfaces.Other).Sum(cell => cell.Value.Safe + cell.Value.Borderline + cell.Value.Violating);

    public IReadOnlyDictionary<HistogramKey, BinCounts> Histograms => histograms;

    public bool IsEmpty => kinds.Count == 0;

    public void Add(Decision decision)
    {
        long seconds = decision.Time.ToUnixTimeSeconds();
        int hour = (int)Math.Floor(seconds / 3_600.0);
        var columns = Columns(new(decision.Workspace, hour, decision.Release, decision.Language, decision.Surface ?? "", decision.Tier));
        bool given = false;
        foreach (var (category, score) in decision.Scores)
        {
            int bin = ScoreBin.Of(score);
            bool gives = category == decision.Category;
            given |= gives;
            var verdict = gives ? CellCounts.Of(decision.Verdict) : default;
            var column = ColumnOf(columns, category);
            column.Add(CoarseBin.Of(bin), verdict with { Scored = 1 });
            column.Histogram ??= Histogram(new(decision.Workspace, (int)Math.Floor(seconds / 86_400.0), decision.Release, category));
            column.Histogram.Add(bin, 1);
        }

        if (!given)
        {
            ColumnOf(columns, decision.Category ?? "").Add(CoarseBin.None, CellCounts.Of(decision.Verdict));
        }
    }

    public void Add(CountCell cell, CellCounts counts) => ColumnOf(Columns(Kind.Of(cell)), cell.Category).Add(cell.Bin, counts);

    public void Add(DecisionCounts other)
    {
        foreach (var (cell, counts) in other.Cells)
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

    private Dictionary<string, Column> Columns(Kind kind)
    {
        ref var columns = ref CollectionsMarshal.GetValueRefOrAddDefault(kinds, kind, out _);
        return columns ??= [];
    }

    private static Column ColumnOf(Dictionary<string, Column> columns, string category)
    {
        ref var column = ref CollectionsMarshal.GetValueRefOrAddDefault(columns, category, out _);
        return column ??= new();
    }

    /// <summary>What the cells of one decision share: its names are hashed once for all of its categories.</summary>
    private readonly record struct Kind(int Workspace, int Hour, string Release, string Language, string Surface, string Tier)
    {
        public static Kind Of(CountCell cell) => new(cell.Workspace, cell.Hour, cell.Release, cell.Language, cell.Surface, cell.Tier);

        public CountCell Cell(string category, int bin) => new(Workspace, Hour, Release, category, Language, Surface, Tier, bin);
    }

    /// <summary>The counts of one kind and category, by coarse bin.</summary>
    private sealed class Column
    {
        public Dictionary<int, CellCounts> Cells { get; } = [];

        /// <summary>The one that the column's scores belong to: a day has all of an hour in it.</summary>
        public BinCounts? Histogram { get; set; }

        public void Add(int bin, CellCounts counts) => CollectionsMarshal.GetValueRefOrAddDefault(Cells, bin, out _) += counts;
    }
}
