using System.Globalization;
using System.Text;
using Moderato.Decisions;

namespace Moderato.Benchmarks.RealIncidents;

/// <summary>Writes an incident as a team would hold it, and says with which arguments it is read.</summary>
internal static class RealFiles
{
    public static List<string> Write(RealIncident incident, Labels labels, string folder, int seed)
    {
        var showing = incident.Showing;
        var drawn = RealLabels.Of(incident, labels, seed);
        bool aside = showing.Comparison == Comparison.ReferenceFile;
        string decisions = Path.Combine(folder, "decisions.csv"), reference = Path.Combine(folder, "reference.csv");
        WriteRows(incident, labels, drawn, decisions, row => !aside || row.Current);
        var arguments = new List<string> { decisions };
        if (aside)
        {
            WriteRows(incident, labels, drawn, reference, row => !row.Current);
            arguments.AddRange(["--reference", reference]);
        }

        if (showing.Comparison == Comparison.Since)
        {
            arguments.AddRange(["--since", "2026-03-02T00:00:00Z"]);
        }

        // Where the verdict is not recorded, the cuts of the time say it.
        if (!NeedsVerdict(incident))
        {
            arguments.AddRange(["--block-from", Shown(incident.CurrentCut)]);
            if (incident.ReviewFrom is { } review)
            {
                arguments.AddRange(["--review-from", Shown(review)]);
            }
        }

        if (incident.Objective is { } objective)
        {
            arguments.AddRange(["--objective-fpr", Shown(objective)]);
        }

        if (showing.ScoreRenamed)
        {
            arguments.AddRange(labels == Labels.Sheet ? ["--map", "score=p_toxic"] : ["--map", "score=p_toxic", "--map", "label=is_toxic"]);
        }

        if (labels == Labels.Random)
        {
            arguments.AddRange(["--labels", "random"]);
        }

        return arguments;
    }

    /// <summary>Fills the sheet that <c>sample</c> wrote.</summary>
    public static void Fill(RealIncident incident, string sheet)
    {
        var rowOf = incident.Rows.ToDictionary(row => row.Id);
        var random = new Random(5);
        var lines = Csv(File.ReadAllText(sheet));
        var names = lines[0].ToList();
        int id = names.IndexOf("id"), label = names.IndexOf("label"), votes = names.IndexOf("votes"), second = names.IndexOf("second_label");
        foreach (var line in lines.Skip(1))
        {
            var row = rowOf[line[id]];
            line[label] = row.Label ? "1" : "0";
            line[votes] = incident.Showing.Votes ? Invariant($"{row.Votes.Violating}/{row.Votes.All}") : "";
            line[second] = incident.Showing.SecondLabel ? Second(row, random) : "";
        }

        File.WriteAllLines(sheet, lines.Select(line => string.Join(',', line.Select(Quoted))));
    }

    private static bool NeedsVerdict(RealIncident incident) => incident.Showing.VerdictColumn || incident.Cut != incident.CurrentCut;

    private static void WriteRows(RealIncident incident, Labels labels, double?[] drawn, string path, Func<RealRow, bool> which)
    {
        var showing = incident.Showing;
        var random = new Random(3);
        var columns = new List<(string Name, Func<RealRow, int, string> Of)> { ("id", (row, _) => row.Id) };
        void Add(bool present, string name, Func<RealRow, string> of)
        {
            if (present)
            {
                columns.Add((name, (row, _) => of(row)));
            }
        }

        Add(showing.Text, "text", row => row.Text);
        Add(true, showing.ScoreRenamed ? "p_toxic" : "score", row => Shown(row.Score));
        Add(NeedsVerdict(incident), "verdict", row => row.Verdict.ToString().ToLowerInvariant());
        Add(showing.Comparison == Comparison.Period, "period", row => row.Current ? "current" : "reference");
        Add(showing.Time, "time", row => new DateTime(row.Time, DateTimeKind.Utc).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture));
        Add(showing.SurfaceColumn is not null, showing.SurfaceColumn ?? "", row => row.Kind);
        Add(showing.LanguageColumn is not null, showing.LanguageColumn ?? "", row => row.Content.Language);
        Add(showing.Author, "author", row => Invariant($"u{row.Author}"));
        Add(showing.ReleaseColumn is not null, showing.ReleaseColumn ?? "", row => row.Current && incident.Name is "calibration" or "slice: since a release" or "threshold: cut lowered" && row.Current ? "v2" : "v1");
        Add(true, "device", row => ((string[])["ios", "android", "web"])[random.Next(3)]);
        if (labels != Labels.Sheet)
        {
            columns.Add((showing.ScoreRenamed ? "is_toxic" : "label", (row, at) => drawn[at] is null ? "" : row.Label ? "1" : "0"));
            columns.Add(("label_source", (_, at) => drawn[at] is null ? "" : labels == Labels.Appeals ? "appeal" : labels == Labels.Audit ? "audit" : "random"));
            if (labels == Labels.Audit)
            {
                columns.Add(("inclusion_probability", (_, at) => drawn[at] is { } p ? p.ToString("R", CultureInfo.InvariantCulture) : ""));
            }

            if (showing.Votes)
            {
                columns.Add(("votes", (row, at) => drawn[at] is null ? "" : Invariant($"{row.Votes.Violating}/{row.Votes.All}")));
            }

            if (showing.SecondLabel)
            {
                columns.Add(("second_label", (row, at) => drawn[at] is null ? "" : Second(row, random)));
            }
        }

        using var writer = new StreamWriter(path, false, new UTF8Encoding(false));
        writer.WriteLine(string.Join(',', columns.Select(column => column.Name)));
        for (int at = 0; at < incident.Rows.Count; at++)
        {
            if (which(incident.Rows[at]))
            {
                writer.WriteLine(string.Join(',', columns.Select(column => Quoted(column.Of(incident.Rows[at], at)))));
            }
        }
    }

    // A second person errs now and then too; of contested content they say what chance says.
    private static string Second(RealRow row, Random random) =>
        (row.Votes.Contested ? random.NextDouble() < .5 : row.Violating ? random.NextDouble() < .94 : random.NextDouble() < .02) ? "1" : "0";

    private static string Shown(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string Quoted(string field) => field.AsSpan().IndexOfAny(",\"\r\n") >= 0 ? $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : field;

    private static List<string[]> Csv(string text)
    {
        var lines = new List<string[]>();
        var line = new List<string>();
        var field = new StringBuilder();
        bool quoted = false;
        foreach (char c in text)
        {
            if (c == '"')
            {
                quoted = !quoted;
                field.Append(c);
            }
            else if (c == ',' && !quoted)
            {
                Close();
            }
            else if (c == '\n' && !quoted)
            {
                Close();
                lines.Add([.. line]);
                line.Clear();
            }
            else
            {
                field.Append(c);
            }
        }

        return lines;

        void Close()
        {
            string value = field.ToString().TrimEnd('\r');
            line.Add(value.Length > 1 && value[0] == '"' && value[^1] == '"' ? value[1..^1].Replace("\"\"", "\"", StringComparison.Ordinal) : value);
            field.Clear();
        }
    }
}
