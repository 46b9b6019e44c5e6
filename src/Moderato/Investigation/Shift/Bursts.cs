using Moderato.Decisions;
using Moderato.Investigation.Findings;
using Moderato.Investigation.Patterns;
using Moderato.Investigation.Patterns.Signals;
using Moderato.Statistics.Intervals;
using Moderato.Statistics.Sampling;

namespace Moderato.Investigation.Shift;

/// <summary>
/// Terms whose daily rate jumps, as they do in a current event. A term bursts when its best window beats the
/// Bonferroni bound over all terms and windows, its rate there is at least <see cref="LeastJump"/> times the rate outside, and no day outside comes near it:
/// "friday" is frequent every week.
/// </summary>
internal static class Bursts
{
    public const int LeastDays = 7;

    private const int MostDays = 366;
    private const int LeastContents = 20;
    private const double LeastJump = 4;
    private const double ErrorRate = .001;

    /// <summary>Contents that must lie outside of the window: without a before there is no jump.</summary>
    private const double LeastOutside = 1 / 3.0;

    private const int LeastContentsADay = 20;
    private const double Z95 = 1.959963984540054;
    private const int MostBursts = 8;
    private const int MostTermsShown = 6;

    /// <summary>Largest share of the flags first.</summary>
    public static IReadOnlyList<Burst> Of(Evidence evidence, PackedStrings texts, out string? whyNot)
    {
        if (Days(evidence.Table, out long firstDay) is not { } days)
        {
            whyNot = $"the log spans fewer than {LeastDays} days";
            return [];
        }

        whyNot = null;
        int least = Math.Max(LeastContents, evidence.Table.Count / 10_000);
        var series = TermSeries.Of(evidence, texts, firstDay, days, least);
        var bursting = Bursting(series, least);
        return bursting.Count == 0 ? [] : Grouped(evidence, texts, series, bursting);
    }

    private static int? Days(DecisionTable table, out long firstDay)
    {
        long first = long.MaxValue, last = 0;
        foreach (long time in table.Times!)
        {
            if (time > 0)
            {
                (first, last) = (Math.Min(first, time / TimeSpan.TicksPerDay), Math.Max(last, time / TimeSpan.TicksPerDay));
            }
        }

        firstDay = Math.Max(first, last - MostDays + 1);
        return last - first + 1 >= LeastDays && last > 0 ? (int)(last - firstDay + 1) : null;
    }

    private static Dictionary<int, TermWindow> Bursting(TermSeries series, int least)
    {
        double windows = series.Contents.Length * (series.Contents.Length + 1) / 2.0;
        double bound = Math.Log(Math.Max(1, series.Terms) * windows / ErrorRate);
        var found = new Dictionary<int, TermWindow>();
        for (int term = 0; term < series.Terms; term++)
        {
            if (TermWindow.Of(series[term], series.Contents) is { } window
                && window.Count >= least && window.Ratio >= LeastJump && window.LogLikelihoodRatio >= bound
                && HasBefore(series, window) && StandsOut(series, term, window))
            {
                found.Add(term, window);
            }
        }

        return found;
    }

    private static bool HasBefore(TermSeries series, TermWindow window)
    {
        double all = series.Contents.Sum(), inside = series.Contents[window.From..(window.To + 1)].Sum();
        return all - inside >= LeastOutside * all;
    }

    private static bool StandsOut(TermSeries series, int term, TermWindow window)
    {
        double inside = window.Count / (double)series.Contents[window.From..(window.To + 1)].Sum();
        for (int day = 0; day < series.Contents.Length; day++)
        {
            bool outside = day < window.From || day > window.To;
            if (outside && series.Contents[day] >= LeastContentsADay && series[term][day] > inside / 2 * series.Contents[day])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Terms of the same contents are one burst: each joins the first that already holds half of its contents.</summary>
    private static IReadOnlyList<Burst> Grouped(Evidence evidence, PackedStrings texts, TermSeries series, Dictionary<int, TermWindow> bursting)
    {
        var rowsOf = Holding(evidence, texts, series, bursting);
        var groups = new List<(List<int> Terms, HashSet<int> Rows)>();
        foreach (int term in bursting.Keys.OrderByDescending(term => bursting[term].LogLikelihoodRatio))
        {
            var group = groups.Find(group => 2 * rowsOf[term].Count(group.Rows.Contains) >= rowsOf[term].Count);
            if (group.Terms is null)
            {
                groups.Add(([term], [.. rowsOf[term]]));
            }
            else
            {
                group.Terms.Add(term);
                group.Rows.UnionWith(rowsOf[term]);
            }
        }

        return
        [
            .. groups.Select(group => Described(evidence, series, bursting, group.Terms, group.Rows)).OfType<Burst>()
                .OrderByDescending(burst => burst.ShareOfFlags).Take(MostBursts),
        ];
    }

    /// <summary>All rows that hold a term within its window, near-duplicates too.</summary>
    private static Dictionary<int, List<int>> Holding(
        Evidence evidence, PackedStrings texts, TermSeries series, Dictionary<int, TermWindow> bursting)
    {
        var rowsOf = bursting.Keys.ToDictionary(term => term, _ => new List<int>());
        var scan = new TextScan();
        for (int row = 0; row < evidence.Table.Count; row++)
        {
            int day = series.DayOf(row);
            if (day < 0)
            {
                continue;
            }

            scan.Read(texts.Utf8(row));
            foreach (var word in new WordReader(scan))
            {
                int term = series.NumberOf(word.Hash);
                if (term >= 0 && bursting.TryGetValue(term, out var window) && day >= window.From && day <= window.To
                    && (rowsOf[term] is not [.., var last] || last != row))
                {
                    rowsOf[term].Add(row);
                }
            }
        }

        return rowsOf;
    }

    private static Burst? Described(
        Evidence evidence, TermSeries series, Dictionary<int, TermWindow> bursting, List<int> terms, HashSet<int> rows)
    {
        double flags = 0, flagsOf = 0, wrong = 0, wrongOf = 0;
        bool touchesCurrent = false;
        for (int row = 0; row < evidence.Table.Count; row++)
        {
            if (!evidence.Table.IsCurrent(row))
            {
                continue;
            }

            bool within = rows.Contains(row);
            touchesCurrent |= within;
            double flag = evidence.IsFlagged(row) ? 1 : 0, falsePositive = evidence.IsFalsePositive(row) ? evidence.Weights[row] : 0;
            (flags, wrong) = (flags + flag, wrong + falsePositive);
            (flagsOf, wrongOf) = within ? (flagsOf + flag, wrongOf + falsePositive) : (flagsOf, wrongOf);
        }

        // The days of the clearest term: a rarer one's are less certain.
        var window = bursting[terms[0]];
        return !touchesCurrent ? null : new(
            [.. terms.Take(MostTermsShown).Select(series.Name)],
            Day(series, window.From), Day(series, window.To),
            flags > 0 ? flagsOf / flags : 0,
            wrong > 0 ? wrongOf / wrong : null)
        {
            Contents = rows.Count,
            FlagRate = evidence.Table.IsDecided ? FlagRate(evidence, [.. rows]) : null,
        };
    }

    private static Rate FlagRate(Evidence evidence, int[] rows)
    {
        var share = StratumShare.Of(
            rows.Length, Array.ConvertAll(rows, _ => 1.0), Array.ConvertAll(rows, evidence.IsFlagged), Array.ConvertAll(rows, row => evidence.Clusters[row]), Z95);
        return new Rate.Known(share.Estimate, share.Low, share.High, rows.Length, "Wilson on effective n", "contents of the burst", "all rows", 0.95);
    }

    private static DateTimeOffset Day(TermSeries series, int day) => new((series.FirstDay + day) * TimeSpan.TicksPerDay, TimeSpan.Zero);
}
