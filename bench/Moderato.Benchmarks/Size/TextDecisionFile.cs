using System.Globalization;
using System.Text;
using Moderato.Cli.Output;
using Moderato.Decisions;
using Moderato.Drills.Simulation;
using Moderato.Investigation.Findings;

namespace Moderato.Benchmarks.Size;

/// <summary>Decisions with text: an event in simulated traffic, audited, as the decision file that a team would have.</summary>
internal static class TextDecisionFile
{
    public static void Write(string path, int rows, int seed = 1)
    {
        var incident = SimulatedIncident.Of(new IncidentPlan
        {
            Cause = Causes.NewContent,
            Trigger = IncidentCatalog.Event,
            Seed = seed,
            ReferenceRows = rows / 2,
            CurrentRows = rows - (rows / 2),
        });
        int labels = Math.Max(400, rows / 200);
        var table = incident.Labelled(new LabelRegime.Audit(labels, labels));
        double[] probabilities = ((LabelDesign.Known)table.Design).InclusionProbabilities;
        using var writer = new StreamWriter(path, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 1 << 16);
        var csv = new CsvWriter(writer);
        csv.Row(["id", "time", "period", "text", "score", "verdict", "label", "inclusion_probability", "author", .. table.Columns.Select(column => column.Name)]);
        for (int row = 0; row < table.Count; row++)
        {
            csv.Field(table.Ids[row])
                .Field(new DateTime(table.Times![row], DateTimeKind.Utc).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture))
                .Field(table.Periods![row] == Period.Current ? "current" : "reference")
                .Field(table.Texts![row])
                .Field(table.Scores![row])
                .Field(table.Verdicts[row].ToString().ToLowerInvariant())
                .Field(table.Labels[row] < 0 ? null : table.Labels[row] == 1 ? "1" : "0")
                .Field(double.IsNaN(probabilities[row]) ? null : probabilities[row].ToString("R", CultureInfo.InvariantCulture))
                .Field(table.Authors![row]);
            foreach (var column in table.Columns)
            {
                csv.Field(column[row]);
            }

            csv.EndRow();
        }
    }
}
