using Moderato.Investigation.Findings;
using Moderato.Statistics.Curves;

namespace Moderato.Investigation.Shift;

/// <summary>
/// What of a shift is worth a person's time: not due to chance, and large enough to matter. A guarantee on a threshold rests on
/// content like that of its labels, so it ends where something moved.
/// </summary>
public static class MovedContent
{
    /// <summary>A smaller shift of texts is real where p says so, and yet no other content.</summary>
    private const double NotableAuc = .55;

    private const double NotableEffect = .1;
    private const double MostQ = .05;

    /// <summary>"the texts", "the scores", the names of columns; empty where nothing moved.</summary>
    public static IReadOnlyList<string> Of(ShiftFinding finding)
    {
        var moved = new List<string>();
        if (finding.Text is { P: <= MostQ } text && text.Auc >= NotableAuc)
        {
            moved.Add("the texts");
        }

        if (finding.Score is { P: <= MostQ, Effect: >= NotableEffect })
        {
            moved.Add("the scores");
        }

        moved.AddRange(finding.Columns
            .Where(column => column.Q <= MostQ && column.Effect >= NotableEffect && !column.Column.StartsWith("score ", StringComparison.Ordinal))
            .Select(column => column.Column));
        return [.. moved.Distinct()];
    }

    /// <summary>Whether a guarantee that was made on the reference still holds; null without a reference.</summary>
    public static GuaranteeStanding? Guarantee(Evidence evidence, ShiftFinding finding)
    {
        if (!evidence.HasReference)
        {
            return null;
        }

        var moved = Of(finding);
        return moved.Count == 0
            ? new(true, "nothing moved that is worth looking at: content is as it was when the labels were drawn", null)
            : new(false, $"{string.Join(", ", moved)} moved: a guarantee made on the reference does not hold for this content; label it and tune again", FirstDay(evidence));
    }

    /// <summary>
    /// The first day whose scores differ from the reference's (Kolmogorov–Smirnov at .05 over the number of days, Wasserstein of at
    /// least .1 σ); null without times and scores, or where no single day shows it.
    /// </summary>
    private static DateOnly? FirstDay(Evidence evidence)
    {
        if (evidence.Table is not { Scores: { } scores, Times: { } times } table)
        {
            return null;
        }

        long[] reference = new long[ScoreBin.Count];
        var days = new SortedDictionary<long, long[]>();
        for (int row = 0; row < scores.Length; row++)
        {
            if (double.IsNaN(scores[row]) || (table.IsCurrent(row) && times[row] <= 0))
            {
                continue;
            }

            var counts = reference;
            if (table.IsCurrent(row) && !days.TryGetValue(times[row] / TimeSpan.TicksPerDay, out counts!))
            {
                days[times[row] / TimeSpan.TicksPerDay] = counts = new long[ScoreBin.Count];
            }

            counts[ScoreBin.Of(scores[row])]++;
        }

        var sizes = PeriodSizes.Of(evidence);
        foreach (var (day, counts) in days)
        {
            if (ScoreShifts.Of(reference, counts, sizes) is { Effect: >= NotableEffect } shift && shift.P <= MostQ / days.Count)
            {
                return DateOnly.FromDateTime(new DateTime(day * TimeSpan.TicksPerDay, DateTimeKind.Utc));
            }
        }

        return null;
    }
}
