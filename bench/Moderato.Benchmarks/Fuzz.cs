using System.Diagnostics;
using System.Globalization;
using System.Text;
using Moderato.Releases;

namespace Moderato.Benchmarks;

/// <summary>1,000,000 mutated texts through the shipped release: any exception, score outside [0,1] or difference between chars and bytes fails the run.</summary>
internal static class Fuzz
{
    private const int Texts = 1_000_000;
    private const int Seed = 1;

    private static readonly string[] Seeds =
    [
        "you are a wonderful person", "I will find you and I will hurt you", "f.u.c.k 1d10t b!tch n*gger @ss $hit",
        "¿Qué dices, pendejo?", "Straße, naïve ÉCOLE ﬁne", "Привет, как дела? fuсk", "你好，世界 今日は 안녕하세요", "مرحبا بالعالم שלום",
        "👩‍👩‍👧‍👦 🏳️‍🌈 👍🏿 🇬🇧", "https://example.org/a?b=c @name #tag 1234567", "z̸̡̛a̷̢l̶̨g̵̡o̴", "\"he said\" “not” me", "&amp; <b>x</b> \\u0041",
    ];

    private static readonly string[] Pieces =
    [
        "\u200b", "\u200d", "\ufe0f", "\u202e", "\u0301", "\u0334\u0316", "\ud800", "\udc00", "\U000E0041", "\ufdfa", "\u1100", "\u1161", "\0",
        "\ufffe", "ß", "İ", "ǅ", "．", " ", "\n", "*", "1", "'", "\"", "aaaa", ".", "@", "😀", "的", "а",
    ];

    public static int Run()
    {
        var cascade = ReleaseFile.LoadShipped();
        var random = new Random(Seed);
        var scores = new double[cascade.Categories.Count];
        var fromBytes = new double[cascade.Categories.Count];
        long characters = 0;
        int failures = 0;
        var slowest = TimeSpan.Zero;
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < Texts; i++)
        {
            string text = Mutated(random);
            characters += text.Length;
            try
            {
                long begun = Stopwatch.GetTimestamp();
                var verdict = cascade.Decide(text, null, null, scores);
                var took = Stopwatch.GetElapsedTime(begun);
                slowest = took > slowest ? took : slowest;
                bool same = cascade.DecideUtf8(Encoding.UTF8.GetBytes(text), null, null, fromBytes) == verdict && scores.AsSpan().SequenceEqual(fromBytes);
                failures += same && Array.TrueForAll(scores, score => score is >= 0 and <= 1) ? 0 : 1;
            }
            catch (Exception failure) when (failure is not OutOfMemoryException)
            {
                Console.Error.WriteLine($"text {i}: {failure.GetType().Name} at {failure.StackTrace?.Split('\n')[0].Trim()}");
                failures++;
            }
        }

        var table = new ResultTable(
            "Fuzz: mutated texts through the shipped release",
            "dotnet run -c Release --project bench/Moderato.Benchmarks -- fuzz",
            "texts", "seed", "characters", "failures", "slowest text, ms", "seconds in all");
        table.Add(
            Texts, Seed, characters, failures, slowest.TotalMilliseconds.ToString("F1", CultureInfo.InvariantCulture),
            Math.Round(Stopwatch.GetElapsedTime(start).TotalSeconds));
        table.Note("Failure: an exception, a score outside [0,1], or a difference between the text as UTF-16 and as UTF-8.");
        table.Write("fuzz");
        return failures == 0 ? 0 : 1;
    }

    private static string Mutated(Random random)
    {
        var text = new StringBuilder(Seeds[random.Next(Seeds.Length)]);
        for (int left = random.Next(1, 12); left > 0; left--)
        {
            int at = random.Next(text.Length + 1);
            switch (random.Next(6))
            {
                case 0:
                    text.Insert(at, Pieces[random.Next(Pieces.Length)]);
                    break;
                case 1:
                    text.Insert(at, Pieces[random.Next(Pieces.Length)], random.Next(1, 40));
                    break;
                case 2 when at < text.Length:
                    text.Remove(at, Math.Min(text.Length - at, random.Next(1, 6)));
                    break;
                case 3 when at < text.Length:
                    text[at] = (char)random.Next(char.MaxValue + 1);
                    break;
                case 4:
                    text.Append(Seeds[random.Next(Seeds.Length)]);
                    break;
                default:
                    text.Insert(at, (char)random.Next(char.MaxValue + 1));
                    break;
            }
        }

        return text.ToString();
    }
}
