using Moderato.Investigation.Findings;
using Moderato.Statistics.Intervals;
using Moderato.Statistics.Sampling;

namespace Moderato.Investigation.Patterns;

/// <summary>The flag rate of each release in the log, in the order in which they began to decide.</summary>
internal static class ReleaseFlagRates
{
    private const double Z95 = 1.959963984540054;
    private const int MostReleases = 12;

    private static readonly string[] Names = ["release", "model_version", "model", "version"];

    /// <returns>Empty where the log has fewer than two releases, or no column that names them.</returns>
    public static IReadOnlyList<ReleaseFlags> Of(Evidence evidence)
    {
        var table = evidence.Table;
        if (!table.IsDecided || Names.Select(table.Column).FirstOrDefault(column => column is not null) is not { } releases)
        {
            return [];
        }

        var rowsOf = new List<int>[releases.Values.Count];
        for (int row = 0; row < table.Count; row++)
        {
            if (releases.Codes[row] is var code and >= 0)
            {
                (rowsOf[code] ??= []).Add(row);
            }
        }

        int[] used = [.. Enumerable.Range(0, rowsOf.Length).Where(code => rowsOf[code] is not null)];
        return used.Length is < 2 or > MostReleases ? [] : [.. used.Select(code => Of(evidence, releases.Values[code], rowsOf[code])).OrderBy(release => release.From)];
    }

    private static ReleaseFlags Of(Evidence evidence, string release, List<int> rows)
    {
        var share = StratumShare.Of(
            rows.Count, [.. Enumerable.Repeat(1.0, rows.Count)], [.. rows.Select(evidence.IsFlagged)], [.. rows.Select(row => evidence.Clusters[row])], Z95);
        long first = long.MaxValue, last = 0;
        foreach (int row in rows)
        {
            if (evidence.Table.Times?[row] is > 0 and var time)
            {
                (first, last) = (Math.Min(first, time), Math.Max(last, time));
            }
        }

        return new(
            release, rows.Count,
            new Rate.Known(share.Estimate, share.Low, share.High, rows.Count, "Wilson on effective n", "contents that the release decided", "all rows", 0.95),
            last == 0 ? null : new DateTimeOffset(first, TimeSpan.Zero), last == 0 ? null : new DateTimeOffset(last, TimeSpan.Zero));
    }
}
