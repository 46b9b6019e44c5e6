using Moderato.Decisions;
using Moderato.Statistics.Intervals;

namespace Moderato.Pictures;

/// <summary>Contents with one verdict, and how reviewers vote on them.</summary>
/// <param name="Shares">One for each of <see cref="AgreementGrid.Votes"/>.</param>
public sealed record AgreementRow(Verdict Verdict, IReadOnlyList<Rate> Shares);

/// <summary>Verdicts down, votes across: in each cell the share of the row, from zero, with its interval.</summary>
public static class AgreementGrid
{
    public static IReadOnlyList<string> Votes { get; } = ["all safe", "split", "all violating"];

    public static Picture Draw(string key, string finding, IReadOnlyList<AgreementRow> rows)
    {
        var table = new DataTable("How reviewers vote, of the contents with each verdict that have several votes",
            ["Verdict", .. Votes.Select(Column.Number), Column.Number("n")],
            [.. rows.Select(row => (IReadOnlyList<string>)[Name(row.Verdict), .. row.Shares.Select(Numbers.RateOrWhy), Numbers.SampleSize(row.Shares[0])])]);
        string description = $"{finding}. " + string.Join(" ", rows.Select(row =>
            $"Verdict {Name(row.Verdict)}: {string.Join(", ", row.Shares.Select((share, i) => $"{Votes[i]} {Numbers.Rate(share)}"))}."));
        return Picture.Draw(key, finding, description, table, canvas => Draw(canvas, rows));
    }

    private static void Draw(Canvas canvas, IReadOnlyList<AgreementRow> rows)
    {
        double left = canvas.IsNarrow ? 0 : 128, gap = 16;
        double cell = (canvas.Width - left - (gap * (Votes.Count - 1))) / Votes.Count;
        double height = canvas.IsNarrow ? 96 : 58, top = canvas.IsNarrow ? 24 : 44;
        canvas.Height = top + (rows.Count * height) + 24;
        if (!canvas.IsNarrow)
        {
            canvas.Text(0, 14, "verdict", "start", "muted");
            canvas.Text(left, 14, "reviewers' votes, of the contents with that verdict", "start", "muted");
        }

        for (int column = 0; column < Votes.Count; column++)
        {
            canvas.Text(left + (column * (cell + gap)), canvas.IsNarrow ? 14 : 34, Votes[column], "start", "strong");
        }

        for (int i = 0; i < rows.Count; i++)
        {
            double at = top + (i * height);
            canvas.Line(0, at, canvas.Width, at, "grid");
            canvas.Text(0, at + (canvas.IsNarrow ? 18 : 34), $"{Shape(rows[i].Verdict)} {Name(rows[i].Verdict)}");
            for (int column = 0; column < Votes.Count; column++)
            {
                Cell(canvas, rows[i].Shares[column], left + (column * (cell + gap)), at + (canvas.IsNarrow ? 26 : 8), cell);
            }
        }
    }

    private static void Cell(Canvas canvas, Rate share, double left, double top, double width)
    {
        if (share is not Rate.Known known)
        {
            canvas.Text(left, top + 14, Numbers.Unknown, "start", "strong");
            return;
        }

        double bar = top + 24;
        if (canvas.IsNarrow)
        {
            canvas.Text(left, top + 14, Numbers.Percent(known.Estimate), "start", "strong");
            canvas.Text(left, top + 31, Numbers.Rate(share)[(Numbers.Percent(known.Estimate).Length + 1)..], "start", "muted");
            bar += 16;
        }
        else
        {
            canvas.Text(left, top + 14, Numbers.Rate(share), "start", "strong");
        }

        var x = new Scale(0, 1, left, left + width - 4);
        canvas.Line(left, bar + 6, x[1], bar + 6, "grid");
        canvas.Box(left, bar, x[known.Estimate] - left, 12, "current-bar faint");
        canvas.Whisker(x[known.Low], x[known.High], bar + 6, "current-line");
    }

    private static string Name(Verdict verdict) => verdict.ToString().ToLowerInvariant();

    private static string Shape(Verdict verdict) => verdict switch { Verdict.Violating => "■", Verdict.Borderline => "◆", _ => "●" };
}
