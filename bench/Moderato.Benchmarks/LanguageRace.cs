using System.Diagnostics;
using System.Globalization;
using Lingua;
using LanguageDetector = Moderato.Classification.Languages.LanguageDetector;

namespace Moderato.Benchmarks;

/// <summary>Our language detector against Lingua on the first texts of each set whose language is known, one thread.</summary>
internal static class LanguageRace
{
    private const int TextsASet = 3_000;

    private static readonly string[] Sets =
        ["goemotions", "wikipedia-context", "davidson", "germeval2018", "told-br", "offendes", "mlma", "russe-detox", "cold", "kor-hate"];

    public static void Run()
    {
        var table = new ResultTable(
            "Languages: our detector and Lingua",
            "dotnet run -c Release --project bench/Moderato.Benchmarks -- languages",
            "set", "texts", "detector", "told", "right of those told", "texts per CPU second", "memory MB");
        var lingua = LanguageDetectorBuilder.FromLanguages(
            Language.English, Language.Spanish, Language.Portuguese, Language.French, Language.German, Language.Italian, Language.Dutch,
            Language.Polish, Language.Turkish, Language.Swedish, Language.Vietnamese, Language.Indonesian, Language.Russian,
            Language.Ukrainian, Language.Bulgarian, Language.Arabic, Language.Persian, Language.Urdu, Language.Hindi, Language.Chinese,
            Language.Japanese, Language.Korean);
        long before = Memory();
        var ours = new LanguageDetector();
        Race(table, "ours", before, text => ours.Detect(text));
        before = Memory();
        var low = lingua.WithLowAccuracyMode().Build();
        Race(table, "Lingua, 22 languages, low accuracy", before, text => Code(low.DetectLanguageOf(text)));
        table.Note("Told: not undetermined. Memory: growth of the working set since before the detector was made. Lingua 2.0.0 loads its models as it meets them, so its first sets pay for them.");
        table.Write("languages");
    }

    private static void Race(ResultTable table, string name, long before, Func<string, string> detect)
    {
        foreach (var set in Sets)
        {
            var rows = SharedTexts.Rows(set).Take(TextsASet)
                .Select(row => (Text: SharedTexts.TextOf(row), Language: row.GetProperty("lang").GetString()!)).ToList();
            int told = 0;
            int right = 0;
            var start = ProcessorTime();
            foreach (var (text, language) in rows)
            {
                string found = detect(text);
                told += found == LanguageDetector.Undetermined ? 0 : 1;
                right += found == language ? 1 : 0;
            }

            double seconds = (ProcessorTime() - start).TotalSeconds;
            table.Add(
                set, rows.Count, name, Percent(told, rows.Count), Percent(right, told), Math.Round(rows.Count / seconds), Memory() - before);
        }
    }

    private static string Percent(int part, int whole) => (100.0 * part / whole).ToString("F1", CultureInfo.InvariantCulture) + "%";

    private static string Code(Language language) => language == Language.Unknown
        ? LanguageDetector.Undetermined
        : language.IsoCode6391().ToString().ToLowerInvariant();

    private static TimeSpan ProcessorTime()
    {
        using var process = Process.GetCurrentProcess();
        return process.TotalProcessorTime;
    }

    private static long Memory()
    {
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64 >> 20;
    }
}
