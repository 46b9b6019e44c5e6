using System.Globalization;
using System.Text;
using Moderato.Cli.Output;
using Moderato.Drills.Simulation;

namespace Moderato.Cli.Demo;

/// <summary>A simulated incident as the files that a team would hold, and apart from them the truth.</summary>
public static class IncidentFiles
{
    public const string Decisions = "decisions.csv";
    public const string Truth = "truth.csv";

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>The log without a label, in the columns of a decision file.</summary>
    public static void WriteDecisions(SimulatedIncident incident, string path) => AtomicFile.Write(path, stream =>
    {
        var table = incident.Table;
        using var writer = new StreamWriter(stream, Utf8);
        var csv = new CsvWriter(writer);
        csv.Row(["id", "time", "period", "category", "text", "score", "verdict", "author", .. table.Columns.Select(column => column.Name)]);
        for (int row = 0; row < table.Count; row++)
        {
            csv.Field(table.Ids[row])
                .Field(new DateTime(table.Times![row], DateTimeKind.Utc).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture))
                .Field(table.Periods![row].ToString().ToLowerInvariant())
                .Field(table.Category)
                .Field(table.Texts?[row])
                .Field(table.Scores![row])
                .Field(table.Verdicts[row].ToString().ToLowerInvariant())
                .Field(table.Authors![row]);
            foreach (var column in table.Columns)
            {
                csv.Field(column[row]);
            }

            csv.EndRow();
        }
    });

    /// <summary>What the simulator knows of each row, and the labels that people would give.</summary>
    public static void WriteTruth(SimulatedIncident incident, string path) => AtomicFile.Write(path, stream =>
    {
        var truth = incident.Truth;
        using var writer = new StreamWriter(stream, Utf8);
        var csv = new CsvWriter(writer);
        csv.Row("id", "violating", "planted", "register", "label", "votes", "second_label", "code");
        for (int row = 0; row < truth.Labels.Length; row++)
        {
            csv.Field(incident.Table.Ids[row])
                .Field(truth.Violating[row] ? 1 : 0)
                .Field(truth.Planted[row] ? 1 : 0)
                .Field(truth.Registers[row])
                .Field(truth.Labels[row])
                .Field($"{truth.Votes[row].Violating}/{truth.Votes[row].All}")
                .Field(truth.SecondLabels[row])
                .Field(truth.Codes[row])
                .EndRow();
        }
    });
}
