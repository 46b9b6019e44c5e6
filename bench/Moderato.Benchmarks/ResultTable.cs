using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Moderato.Benchmarks;

/// <summary>A table of results as it is committed: what was run, on what, with which versions.</summary>
internal sealed class ResultTable(string title, string command, params string[] columns)
{
    private readonly List<string[]> rows = [];
    private readonly List<string> notes = [];

    public void Add(params object[] cells) =>
        rows.Add([.. cells.Select(cell => Convert.ToString(cell, CultureInfo.InvariantCulture) ?? "")]);

    public void Note(string note) => notes.Add(note);

    public void Print()
    {
        var text = new StringBuilder();
        AppendTo(text, isFirst: true);
        Console.Write(text);
    }

    /// <summary>Prints the table and writes it to <c>bench/results/NAME.md</c>.</summary>
    public void Write(string name) => Write(name, this);

    /// <summary>Several tables in one file, made by one command.</summary>
    public static void Write(string name, params ResultTable[] tables)
    {
        var text = new StringBuilder();
        for (int i = 0; i < tables.Length; i++)
        {
            tables[i].AppendTo(text, isFirst: i == 0);
        }

        Console.Write(text);
        string directory = Path.Combine(SharedTexts.Root, "bench", "results");
        Directory.CreateDirectory(directory);
        File.WriteAllText(Path.Combine(directory, $"{name}.md"), text.ToString());
    }

    private void AppendTo(StringBuilder text, bool isFirst)
    {
        if (isFirst)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"# {title}").AppendLine();
            text.AppendLine(CultureInfo.InvariantCulture, $"`{command}`").AppendLine();
            text.AppendLine(CultureInfo.InvariantCulture, $"{Processor()}, {Environment.ProcessorCount} cores, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}.").AppendLine();
        }
        else
        {
            text.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"## {title}").AppendLine();
        }

        text.AppendLine(CultureInfo.InvariantCulture, $"| {string.Join(" | ", columns)} |");
        text.AppendLine(CultureInfo.InvariantCulture, $"|{string.Concat(Enumerable.Repeat("---|", columns.Length))}");
        foreach (var row in rows)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"| {string.Join(" | ", row)} |");
        }

        foreach (var note in notes)
        {
            text.AppendLine().AppendLine(note);
        }
    }

    private static string Processor()
    {
        const string Info = "/proc/cpuinfo";
        var line = File.Exists(Info) ? File.ReadLines(Info).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal)) : null;
        return line?[(line.IndexOf(':', StringComparison.Ordinal) + 2)..] ?? RuntimeInformation.ProcessArchitecture.ToString();
    }
}
