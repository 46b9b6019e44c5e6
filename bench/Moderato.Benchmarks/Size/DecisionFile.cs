using System.Buffers.Text;
using DuckDB.NET.Data;
using Moderato.Statistics.Sampling;

namespace Moderato.Benchmarks.Size;

/// <summary>
/// Decisions of any number without text, 20 columns, the same from the same seed: a reference and a current month, in the second of which
/// a release is wrong about one community of gamers, chat grew and Spanish came; 2% are labelled, flagged ones tenfold, with
/// their probabilities.
/// </summary>
internal static class DecisionFile
{
    private const int LongestRow = 512;

    private static readonly string[] Header =
    [
        "id", "time", "period", "score", "verdict", "label", "inclusion_probability", "author", "views", "language",
        "locale", "surface", "tier", "release", "policy", "action", "app_version", "client", "community", "account_age",
    ];

    private static readonly byte[][] Languages = Values("en", "es", "de", "pt", "fr", "tr", "ja", "hi", "ar", "id", "pl", "it");
    private static readonly byte[][] Surfaces = Values("comment", "chat", "profile", "review", "forum", "direct");
    private static readonly byte[][] Actions = Values("published", "held", "limited", "removed");
    private static readonly byte[][] Clients = Values("android", "ios", "web", "api", "console");
    private static readonly byte[][] Locales = Values([.. Enumerable.Range(0, 40).Select(i => $"{(char)('A' + (i % 26))}{(char)('A' + (i * 7 % 26))}")]);
    private static readonly byte[][] Versions = Values([.. Enumerable.Range(0, 30).Select(i => $"5.{i / 6}.{i % 6}")]);
    private static readonly byte[][] Communities = Values([.. Enumerable.Range(0, 150).Select(i => $"c/{i:000}")]);

    public static void WriteCsv(string path, int rows, ulong seed = 1)
    {
        using var file = File.Create(path);
        file.Write(System.Text.Encoding.UTF8.GetBytes(string.Join(',', Header) + "\n"));
        var buffer = new byte[1 << 20];
        int used = 0;
        var random = new SplitMix64(seed);
        for (int row = 0; row < rows; row++)
        {
            if (buffer.Length - used < LongestRow)
            {
                file.Write(buffer, 0, used);
                used = 0;
            }

            var line = new Line(buffer.AsSpan(used));
            Write(ref line, row, rows, ref random);
            used += line.Length;
        }

        file.Write(buffer, 0, used);
    }

    /// <summary>The same rows as Parquet, types as DuckDB finds them.</summary>
    public static void WriteParquet(string csv, string parquet)
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"SET memory_limit = '4GB'; COPY (SELECT * FROM read_csv('{csv}')) TO '{parquet}' (FORMAT parquet)";
        command.ExecuteNonQuery();
    }

    private static void Write(ref Line line, int row, int rows, ref SplitMix64 random)
    {
        bool current = row >= rows / 2;
        int language = Skewed(ref random, current ? Languages.Length : Languages.Length - 1);
        language = current && random.NextDouble() < .08 ? 1 : language;
        int surface = current && random.NextDouble() < .15 ? 1 : Skewed(ref random, Surfaces.Length);
        int community = Skewed(ref random, Communities.Length);
        int author = (int)(rows / 8 * random.NextDouble() * random.NextDouble());
        bool violating = random.NextDouble() < .02;
        bool wronged = current && community == 2 && surface == 1 && !violating;
        double latent = (violating ? 2.2 : wronged ? -.2 : -2.6) + (1.2 * Normal(ref random));
        int score = (int)(10_000 / (1 + Math.Exp(-latent)));
        bool flagged = score >= 5_000;
        double probability = flagged ? .2 : .01;
        bool labelled = random.NextDouble() < probability;
        var time = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddSeconds(60.0 * 86_400 * row / rows);

        line.Text("d"u8);
        line.Number(row);
        line.Next();
        line.Time(time);
        line.Cell(current ? "current"u8 : "reference"u8);
        line.Score(score);
        line.Cell(flagged ? "violating"u8 : score >= 3_500 ? "borderline"u8 : "safe"u8);
        line.Cell(!labelled ? default : violating ? "1"u8 : "0"u8);
        line.Cell(!labelled ? default : flagged ? "0.2"u8 : "0.01"u8);
        line.Text("a"u8);
        line.Number(author);
        line.Next();
        line.Number((int)(1 / (.0005 + random.NextDouble())));
        line.Next();
        line.Cell(Languages[language]);
        line.Cell(Locales[(language * 3) + Skewed(ref random, 4)]);
        line.Cell(Surfaces[surface]);
        line.Cell(score is > 3_000 and < 7_000 ? "llm"u8 : "ngram"u8);
        line.Cell(current ? "r8"u8 : "r7"u8);
        line.Cell(current && random.NextDouble() < .5 ? "p3"u8 : "p2"u8);
        line.Cell(Actions[flagged ? 3 : score >= 3_500 ? 1 : random.NextDouble() < .01 ? 2 : 0]);
        line.Cell(Versions[Math.Min(Versions.Length - 1, Skewed(ref random, 20) + (current ? 10 : 0))]);
        line.Cell(Clients[Skewed(ref random, Clients.Length)]);
        line.Cell(Communities[community]);
        line.Number((int)(2_000 * random.NextDouble() * random.NextDouble()));
        line.End();
    }

    /// <summary>0 … count − 1, lower ones more often.</summary>
    private static int Skewed(ref SplitMix64 random, int count) => (int)(count * random.NextDouble() * random.NextDouble());

    // Box and Muller's first of two.
    private static double Normal(ref SplitMix64 random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static byte[][] Values(params string[] values) => [.. values.Select(System.Text.Encoding.UTF8.GetBytes)];

    private ref struct Line(Span<byte> room)
    {
        private readonly Span<byte> room = room;

        public int Length { get; private set; }

        public void Text(ReadOnlySpan<byte> text)
        {
            text.CopyTo(room[Length..]);
            Length += text.Length;
        }

        public void Cell(ReadOnlySpan<byte> text)
        {
            Text(text);
            Next();
        }

        public void Number(int value)
        {
            Utf8Formatter.TryFormat(value, room[Length..], out int written);
            Length += written;
        }

        public void Score(int tenThousandths)
        {
            Utf8Formatter.TryFormat(tenThousandths / 10_000m, room[Length..], out int written);
            Length += written;
            Next();
        }

        public void Time(DateTime utc)
        {
            Utf8Formatter.TryFormat(utc, room[Length..], out int written, 'O');
            Length += written - 9;
            Text("Z,"u8);
        }

        public void Next() => room[Length++] = (byte)',';

        public void End() => room[Length++] = (byte)'\n';
    }
}
