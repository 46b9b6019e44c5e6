using Moderato.Cli.Demo;
using Moderato.Cli.Input;
using Moderato.Drills.Simulation;
using Moderato.Investigation.Findings;

namespace Moderato.Cli.Tests.Demo;

public sealed class IncidentFilesTests
{
    [Fact]
    public void The_log_reads_back_as_it_was_written_and_holds_no_label()
    {
        using var folder = new TemporaryFolder();
        var incident = SimulatedIncident.Of(new() { Cause = Causes.NewContent, ReferenceRows = 2_000, CurrentRows = 1_000 });
        IncidentFiles.WriteDecisions(incident, folder["decisions.csv"]);

        var log = DecisionLog.Read(new DecisionQuery { Files = InputFile.Find(folder["decisions.csv"], () => Stream.Null) }, TestContext.Current.CancellationToken);

        var table = Assert.Single(log.Tables);
        Assert.Equal(0, log.Report.Rejected);
        Assert.Equal(incident.Table.Scores, table.Scores);
        Assert.Equal(incident.Table.Verdicts, table.Verdicts);
        Assert.Equal(incident.Table.Times, table.Times);
        Assert.Equal(incident.Table.Periods, table.Periods);
        Assert.Equal(incident.Table.Columns.Select(column => column.Name).Order(), table.Columns.Select(column => column.Name).Order());
        Assert.All(table.Labels, label => Assert.Equal(-1, label));
        for (int row = 0; row < table.Count; row += 53)
        {
            Assert.Equal(incident.Table.Texts![row], table.Texts![row]);
            Assert.Equal(incident.Table.Authors![row], table.Authors![row]);
        }
    }

    [Fact]
    public void The_truth_stands_in_a_file_of_its_own()
    {
        using var folder = new TemporaryFolder();
        var incident = SimulatedIncident.Of(new() { Cause = Causes.Policy, ReferenceRows = 1_000, CurrentRows = 500 });
        IncidentFiles.WriteTruth(incident, folder["truth.csv"]);

        var lines = File.ReadAllLines(folder["truth.csv"]);

        Assert.Equal("id,violating,planted,register,label,votes,second_label,code", lines[0]);
        Assert.Equal(incident.Table.Count + 1, lines.Length);
        Assert.StartsWith(incident.Table.Ids[0] + ",", lines[1], StringComparison.Ordinal);
    }
}
