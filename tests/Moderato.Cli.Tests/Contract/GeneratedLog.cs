using System.Globalization;
using System.Text;
using Moderato.Statistics.Sampling;

namespace Moderato.Cli.Tests.Contract;

/// <summary>A content of a made-up log whose truth is known.</summary>
internal sealed record Row(
    string Id, string Category, double Score, string Verdict, bool Violating, string Time, string Surface, string Author, string Text, double Views)
{
    /// <summary>Probability with which it is labelled, where it is.</summary>
    public double? Labelled { get; init; }

    public string? Source { get; init; }
}

/// <summary>Traffic of four weeks; game chat, full of violent words meant as play, begins after two.</summary>
internal static class GeneratedLog
{
    public const string Since = "2026-03-15";
    private static readonly string[] Words = "the cat river bread a song about people who walk in rain under bright city lights and talk of football music books weather plans dinner films trains schools friends".Split(' ');
    private static readonly string[] Play = "headshot boss raid kill respawn gg".Split(' ');

    /// <param name="labelled">The probability of a label, by verdict.</param>
    /// <param name="decimals">Decimals of the scores.</param>
    public static Row[] Of(
        int count, double? reviewFrom, double blockFrom, Func<string, double> labelled, ulong seed = 1, int decimals = 4, string category = "toxicity", bool games = true)
    {
        var random = new SplitMix64(seed);
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            bool violating = random.NextDouble() < .08;
            bool game = games && i >= count / 2 && random.NextDouble() < .2;
            double u = random.NextDouble();
            double score = Math.Round(violating ? 1 - (u * u * .8) : game ? .2 + (.7 * u) : u * u * u, decimals);
            string verdict = score >= blockFrom ? "violating" : score >= (reviewFrom ?? blockFrom) ? "borderline" : "safe";
            double probability = labelled(verdict);
            var text = Enumerable.Range(0, 8).Select(_ => Words[(int)(random.NextDouble() * Words.Length)]).ToList();
            if (game)
            {
                text.AddRange(Enumerable.Range(0, 3).Select(_ => Play[(int)(random.NextDouble() * Play.Length)]));
            }

            return new Row(
                $"{category[0]}{i}", category, score, verdict, violating,
                new DateTime(2026, 3, 1, 0, 0, 0, DateTimeKind.Utc).AddMinutes(i * 28.0 * 1440 / count).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
                game ? "game" : i % 2 == 0 ? "comment" : "forum", $"u{i % (1 + (count / 4))}", string.Join(' ', text), 1 + (i % 7))
            {
                Labelled = random.NextDouble() < probability ? probability : null,
            };
        })];
    }

    /// <summary>As CSV with the columns named, in the contract's names.</summary>
    public static string Csv(IEnumerable<Row> rows, string columns)
    {
        string[] names = columns.Split(',');
        var csv = new StringBuilder().AppendJoin(',', names).Append('\n');
        foreach (var row in rows)
        {
            csv.AppendJoin(',', names.Select(name => Cell(row, name))).Append('\n');
        }

        return csv.ToString();
    }

    public static string Cell(Row row, string column) => column switch
    {
        "id" => row.Id,
        "category" => row.Category,
        "score" => row.Score.ToString("R", CultureInfo.InvariantCulture),
        "verdict" => row.Verdict,
        "label" => row.Labelled is null ? "" : row.Violating ? "1" : "0",
        "inclusion_probability" => row.Labelled?.ToString("R", CultureInfo.InvariantCulture) ?? "",
        "label_source" => row.Labelled is null ? "" : row.Source ?? "audit",
        "votes" => row.Labelled is null ? "" : row.Violating ? "3/3" : "0/3",
        "time" => row.Time,
        "period" => string.CompareOrdinal(row.Time, Since) < 0 ? "reference" : "current",
        "surface" => row.Surface,
        "author" => row.Author,
        "text" => row.Text,
        "views" => row.Views.ToString("R", CultureInfo.InvariantCulture),
        _ => throw new ArgumentException(column),
    };
}
