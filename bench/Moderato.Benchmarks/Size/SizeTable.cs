using System.Globalization;

namespace Moderato.Benchmarks.Size;

/// <summary>
/// What the commands cost at what size, whole processes from reading the file on, and the same work by pandas and scikit-learn beside
/// them. A row is measured by itself, so that a busy machine can be given to each for a moment; the lines are kept in the folder
/// of the files and written as one table.
/// </summary>
internal static class SizeTable
{
    private const string Lines = "size-table.tsv";

    private static readonly string Moderato = Path.Combine(SharedTexts.Root, "src", "Moderato.Cli", "bin", "Release", "net10.0", "moderato");

    private static readonly (string Name, Func<SizeFiles, string[]> Arguments)[] Commands =
    [
        .. new[] { 1_000_000, 3_000_000, 10_000_000 }.Select(rows => Investigate($"{Count(rows)} rows × 20 columns, CSV", files => files.Csv(rows))),
        Investigate("10,000,000 rows × 20 columns, Parquet", files => files.Parquet(10_000_000)),
        Investigate("100,000 rows with text, CSV", files => files.Texts(100_000)),
        Investigate("1,000,000 rows with text, CSV", files => files.Texts(1_000_000)),
        ("tune, 10,000,000 rows × 20 columns, CSV", files => ["tune", files.Csv(10_000_000), "--cost-fp", "1", "--cost-fn", "5", "--cost-review", "0.1", "--capacity", "300", "--json"]),
        ("estimate, 10,000,000 rows × 20 columns, CSV", files => ["estimate", files.Csv(10_000_000), "--json"]),
        ("sample, 10,000,000 rows × 20 columns, CSV", files => ["sample", files.Csv(10_000_000), "--budget", "400", "--out", Path.Combine(files.Folder, "sheet.csv")]),
        ("drift, 1,000,000 rows with text, CSV", files => ["drift", files.Texts(1_000_000), "--json"]),
        ("classify, 100,000 rows with text, CSV", files => ["classify", files.Texts(100_000)]),
        ("classify, 1,000,000 rows with text, CSV", files => ["classify", files.Texts(1_000_000)]),
    ];

    private static readonly (string Name, string Work, Func<SizeFiles, string> File)[] Peers =
    [
        ("pandas, scikit-learn: 1,000,000 rows × 20 columns, CSV", "decisions", files => files.Csv(1_000_000)),
        ("pandas, scikit-learn: 10,000,000 rows × 20 columns, CSV", "decisions", files => files.Csv(10_000_000)),
        ("pandas, scikit-learn: 100,000 rows with text, CSV", "texts", files => files.Texts(100_000)),
    ];

    /// <param name="only">Part of the name of the rows to measure anew; null for all.</param>
    public static void Run(SizeFiles files, string? only)
    {
        string path = Path.Combine(files.Folder, Lines);
        var lines = System.IO.File.Exists(path)
            ? System.IO.File.ReadAllLines(path).Select(line => line.Split('\t')).ToDictionary(line => line[0], line => line)
            : [];
        foreach (var (name, arguments) in Commands.Where(command => IsWanted(command.Name)))
        {
            lines[name] = Line(name, MeasuredProcess.Run(Moderato, arguments(files)));
        }

        string? versions = Python.Versions();
        foreach (var (name, work, file) in Peers.Where(peer => versions is not null && IsWanted(peer.Name)))
        {
            lines[name] = Line(name, Python.Run(work, file(files)));
        }

        System.IO.File.WriteAllLines(path, lines.Values.Select(line => string.Join('\t', line)));
        Write(lines, versions);

        bool IsWanted(string name) => only is null || name.Contains(only, StringComparison.Ordinal);
    }

    private static void Write(Dictionary<string, string[]> lines, string? versions)
    {
        var table = new ResultTable(
            "What it costs at what size",
            "dotnet run -c Release --project bench/Moderato.Benchmarks -- size FOLDER",
            "work", "wall, s", "CPU, s", "peak memory, MB");
        foreach (string name in Commands.Select(command => command.Name).Concat(Peers.Select(peer => peer.Name)).Where(lines.ContainsKey))
        {
            table.Add([.. lines[name]]);
        }

        table.Note("Whole processes from start to end, reading the file included; `investigate` writes the full report (`--out`). Peak memory is the process's greatest resident set (VmHWM). The files are made by the command, seeded.");
        table.Note(versions is null
            ? "Not measured beside it: /usr/bin/python3 with scikit-learn and pandas is not installed here."
            : $"{versions}: rates by day, period and value, χ² and KS, precision–recall, and with text equal texts and a cross-fitted domain classifier (`Size/peer.py`); no intervals by cluster, slices of several columns, attribution, diagnosis, plan or report.");
        table.Write("size");
    }

    private static (string Name, Func<SizeFiles, string[]> Arguments) Investigate(string name, Func<SizeFiles, string> file) =>
        ($"investigate, {name}", files => ["investigate", file(files), "--out", Path.Combine(files.Folder, "report")]);

    private static string[] Line(string name, MeasuredProcess measured) =>
        [name, Number(measured.Wall, "F1"), Number(measured.Cpu, "F1"), Number(measured.PeakBytes / 1e6, "F0")];

    private static string Count(int rows) => rows.ToString("N0", CultureInfo.InvariantCulture);

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
