using System.Runtime.InteropServices;
using Moderato.Decisions;
using Moderato.Investigation.Patterns;
using Moderato.Investigation.Patterns.Signals;

namespace Moderato.Investigation.Shift;

/// <summary>
/// How many contents hold a term on each day. A near-duplicate cluster counts once a day and an author once a term and day,
/// so that neither a copypasta nor one talkative author makes a burst.
/// </summary>
internal sealed class TermSeries
{
    private const int Buckets = 1 << 20;
    private const long MostCells = 20_000_000;

    private readonly DecisionTable table;
    private readonly PackedStrings texts;
    private readonly int[] rows;
    private readonly Dictionary<ulong, int> numberOf = [];
    private readonly List<int[]> counts = [];
    private readonly List<(int Row, int Start, int End)> places = [];

    private TermSeries(DecisionTable table, PackedStrings texts, int[] rows, long firstDay, int days) =>
        (this.table, this.texts, this.rows, FirstDay, Contents) = (table, texts, rows, firstDay, new int[days]);

    /// <summary>Days since 0001-01-01 of day 0.</summary>
    public long FirstDay { get; }

    /// <summary>Contents by day.</summary>
    public int[] Contents { get; }

    public int Terms => counts.Count;

    /// <summary>Contents with a term, by day.</summary>
    public ReadOnlySpan<int> this[int term] => counts[term];

    /// <param name="least">Terms in fewer contents are left out.</param>
    public static TermSeries Of(Evidence evidence, PackedStrings texts, long firstDay, int days, int least)
    {
        var series = new TermSeries(evidence.Table, texts, OncePerDay(evidence, firstDay, days), firstDay, days);
        series.Count(series.Frequent(least), least);
        return series;
    }

    /// <summary>The day of a row, or −1 outside of the series.</summary>
    public int DayOf(int row) => table.Times![row] == 0 ? -1
        : (table.Times[row] / TimeSpan.TicksPerDay) - FirstDay is var day && day >= 0 && day < Contents.Length ? (int)day : -1;

    /// <summary>The term in words.</summary>
    public string Name(int term) =>
        System.Text.Encoding.UTF8.GetString(texts.Utf8(places[term].Row)[places[term].Start..places[term].End]).ToLowerInvariant();

    /// <summary>The number of a word's term, or −1.</summary>
    public int NumberOf(ulong word) => numberOf.GetValueOrDefault(word, -1);

    private static int[] OncePerDay(Evidence evidence, long firstDay, int days)
    {
        var seen = new HashSet<long>();
        var rows = new List<int>();
        for (int row = 0; row < evidence.Table.Count; row++)
        {
            long day = (evidence.Table.Times![row] / TimeSpan.TicksPerDay) - firstDay;
            if (evidence.Table.Times[row] > 0 && day >= 0 && day < days && seen.Add(((long)evidence.Clusters[row] << 16) | day))
            {
                rows.Add(row);
            }
        }

        return [.. rows];
    }

    /// <summary>Which buckets hold enough contents to hold a frequent term.</summary>
    private bool[] Frequent(int least)
    {
        var sums = new int[Buckets];
        var scan = new TextScan();
        foreach (int row in rows)
        {
            scan.Read(texts.Utf8(row));
            foreach (var word in new WordReader(scan))
            {
                sums[Bucket(word.Hash)]++;
            }
        }

        return Array.ConvertAll(sums, sum => sum >= least);
    }

    private void Count(bool[] frequent, int least)
    {
        var scan = new TextScan();
        var counted = new HashSet<(int Term, int Day, int Author)>();
        var lastRow = new List<int>();
        int most = (int)(MostCells / Contents.Length);
        foreach (int row in rows)
        {
            int day = DayOf(row);
            Contents[day]++;
            int author = table.Authors?.Codes[row] ?? -1;
            scan.Read(texts.Utf8(row));
            foreach (var word in new WordReader(scan))
            {
                if (!frequent[Bucket(word.Hash)])
                {
                    continue;
                }

                ref int number = ref CollectionsMarshal.GetValueRefOrAddDefault(numberOf, word.Hash, out bool known);
                if (!known)
                {
                    number = counts.Count < most ? counts.Count : -1;
                    if (number >= 0)
                    {
                        counts.Add(new int[Contents.Length]);
                        places.Add((row, word.Start, word.End));
                        lastRow.Add(-1);
                    }
                }

                if (number >= 0 && lastRow[number] != row && (author < 0 || counted.Add((number, day, author))))
                {
                    lastRow[number] = row;
                    counts[number][day]++;
                }
            }
        }
    }

    private static int Bucket(ulong hash) => (int)(hash >> 44);
}
