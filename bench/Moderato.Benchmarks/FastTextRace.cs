using System.Diagnostics;
using System.Globalization;
using System.Text;
using Moderato.Releases;

namespace Moderato.Benchmarks;

/// <summary>
/// Debian's fastText against the shipped release, whole processes, one thread, the same lines on standard input and a score
/// a line on standard output; and net of the time that either takes for one line, which is loading.
/// </summary>
internal static class FastTextRace
{
    private const int Rounds = 3;
    private const int Lines = 100_000;

    private static readonly string[] Sets = ["kennedy", "davidson", "edos", "hatexplain", "paradetox", "wikipedia-context"];

    public static void Run()
    {
        var directory = Directory.CreateTempSubdirectory("moderato-race");
        try
        {
            Run(directory.FullName);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    /// <summary>The other side of the race: lines in, hate and toxicity out. Started as a process of its own.</summary>
    public static void Score()
    {
        var cascade = ReleaseFile.LoadShipped();
        var scores = new double[cascade.Categories.Count];
        using var input = new StreamReader(Console.OpenStandardInput(), Encoding.UTF8, false, 1 << 16);
        using var output = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false), 1 << 16);
        Span<char> number = stackalloc char[32];
        while (input.ReadLine() is { } line)
        {
            var verdict = cascade.Decide(line, "en", null, scores);
            output.Write(verdict.Verdict == Decisions.Verdict.Safe ? "safe" : "not");
            foreach (double score in scores)
            {
                score.TryFormat(number, out int written, "F4", CultureInfo.InvariantCulture);
                output.Write(' ');
                output.Write(number[..written]);
            }

            output.Write('\n');
        }
    }

    private static void Run(string directory)
    {
        string train = Path.Combine(directory, "train.txt");
        string all = Path.Combine(directory, "lines.txt");
        string one = Path.Combine(directory, "one.txt");
        WriteTraining(train);
        WriteLines(all, Lines);
        WriteLines(one, 1);
        var table = new ResultTable(
            "The ngram tier and fastText",
            "dotnet run -c Release --project bench/Moderato.Benchmarks -- fasttext   (Debian: apt-get install fasttext)",
            "classifier", "lines", "whole process, s", "loading, s", "lines/s, whole", "lines/s, net of loading");
        var ours = (Environment.ProcessPath!, Environment.ProcessPath!.EndsWith("dotnet", StringComparison.Ordinal) ? $"\"{typeof(Program).Assembly.Location}\" score" : "score");
        Race(table, "ours, shipped release, five categories", ours.Item1, ours.Item2, all, one);
        foreach (var (name, options) in ((string, string)[])[("fastText, wordNgrams 2, dim 100", "-wordNgrams 2"), ("fastText, wordNgrams 2, minn 3, maxn 5, dim 100", "-wordNgrams 2 -minn 3 -maxn 5")])
        {
            string model = Path.Combine(directory, "model");
            Execute("fasttext", $"supervised -input \"{train}\" -output \"{model}\" -epoch 5 -thread 2 -verbose 0 {options}", null);
            Race(table, name, "fasttext", $"predict-prob \"{model}.bin\" - 1", all, one);
        }

        table.Note($"Trained on and read: the texts of {string.Join(", ", Sets)}, a line each; fastText has one label (anything violating) to say, ours five. Least of {Rounds} rounds.");
        table.Write("fasttext");
    }

    private static void Race(ResultTable table, string name, string program, string arguments, string all, string one)
    {
        double whole = Enumerable.Range(0, Rounds).Min(_ => Execute(program, arguments, all));
        double loading = Enumerable.Range(0, Rounds).Min(_ => Execute(program, arguments, one));
        table.Add(name, Lines, Seconds(whole), Seconds(loading), Math.Round(Lines / whole), Math.Round(Lines / (whole - loading)));
    }

    private static string Seconds(double seconds) => seconds.ToString("F2", CultureInfo.InvariantCulture);

    private static double Execute(string program, string arguments, string? input)
    {
        // The shell feeds and drains, so that neither side waits for this process.
        string command = $"\"{program}\" {arguments}{(input is null ? "" : $" < \"{input}\"")} > /dev/null";
        var start = new ProcessStartInfo("/bin/sh") { ArgumentList = { "-c", command } };
        start.Environment["OMP_NUM_THREADS"] = "1";
        long begun = Stopwatch.GetTimestamp();
        using var process = Process.Start(start)!;
        process.WaitForExit();
        return process.ExitCode == 0 ? Stopwatch.GetElapsedTime(begun).TotalSeconds : throw new InvalidOperationException($"{program} ended with {process.ExitCode}");
    }

    private static void WriteTraining(string path) => File.WriteAllLines(path, Sets.SelectMany(SharedTexts.Rows).Select(row =>
    {
        bool violating = row.GetProperty("labels").EnumerateObject().Any(label => label.Value.GetInt32() == 1);
        return $"__label__{(violating ? "violating" : "safe")} {OneLine(SharedTexts.TextOf(row))}";
    }));

    private static void WriteLines(string path, int lines) =>
        File.WriteAllLines(path, Sets.SelectMany(SharedTexts.Rows).Select(SharedTexts.TextOf).Select(OneLine).Where(text => text.Length > 0).Take(lines));

    private static string OneLine(string text) => text.ReplaceLineEndings(" ").Replace('\u2028', ' ').Trim();
}
