using Moderato.Decisions;
using Moderato.Drills.Simulation;
using Moderato.Investigation.Findings;
using Moderato.Investigation.Patterns;

namespace Moderato.Tests.Drills.Simulation;

public sealed class LabellingTests
{
    private static readonly SimulatedIncident Incident = SimulatedIncident.Of(Planted.Plan(Causes.Calibration));

    [Fact]
    public void The_log_itself_has_no_label()
    {
        Assert.All(Incident.Table.Labels, label => Assert.Equal(-1, label));
        Assert.IsType<LabelDesign.None>(Incident.Table.Design);
        Assert.Same(Incident.Table, Incident.Labelled(new LabelRegime.None()));
    }

    [Fact]
    public void What_a_reader_writes_is_a_code_of_the_list()
    {
        var codes = Enumerable.Range(0, Incident.Table.Count).Select(row => Incident.Answer(Incident.Table.Ids[row]).Code).Where(code => !string.IsNullOrEmpty(code)).Distinct().ToList();
        Assert.InRange(codes.Count, 5, int.MaxValue);
        Assert.Subset(FalsePositiveCodes.All.Select(known => known.Code).ToHashSet(), codes.ToHashSet()!);
    }

    [Fact]
    public void A_random_sample_has_its_size_and_its_probability_in_each_period()
    {
        var table = Incident.Labelled(new LabelRegime.Random(400, 1_000));
        var design = Assert.IsType<LabelDesign.Known>(table.Design);

        var labelled = Enumerable.Range(0, table.Count).Where(row => table.Labels[row] >= 0).ToArray();
        Assert.Equal(400, labelled.Count(table.IsCurrent));
        Assert.Equal(1_000, labelled.Count(row => !table.IsCurrent(row)));
        Assert.All(labelled, row => Assert.Equal(table.IsCurrent(row) ? 400 / 5_000.0 : 1_000 / 6_000.0, design.InclusionProbabilities[row]));
        Assert.Equal(labelled.Length, design.InclusionProbabilities.Count(probability => !double.IsNaN(probability)));
    }

    [Fact]
    public void An_audit_weighted_by_its_probabilities_recovers_the_rate()
    {
        var table = Incident.Labelled(new LabelRegime.Audit(3_000, 0));
        var probabilities = Assert.IsType<LabelDesign.Known>(table.Design).InclusionProbabilities;

        double falsePositives = 0, safe = 0;
        for (int row = 0; row < table.Count; row++)
        {
            if (table.Labels[row] == 0)
            {
                safe += 1 / probabilities[row];
                falsePositives += table.Verdicts[row] == Verdict.Violating ? 1 / probabilities[row] : 0;
            }
        }

        Assert.Equal(Incident.Truth.AfterAsLabelled.Fpr, falsePositives / safe, .012);
        Assert.InRange(table.Labels.Count(label => label >= 0), 2_000, 3_100);
    }

    [Fact]
    public void Queue_and_appeals_see_only_what_was_moderated_and_know_no_probability()
    {
        foreach (LabelRegime regime in new LabelRegime[] { new LabelRegime.Queue(), new LabelRegime.Appeals() })
        {
            var table = Incident.Labelled(regime);
            Assert.IsType<LabelDesign.Unknown>(table.Design);
            Assert.All(Enumerable.Range(0, table.Count).Where(row => table.Labels[row] >= 0), row => Assert.NotEqual(Verdict.Safe, table.Verdicts[row]));
            Assert.Contains(table.Labels, label => label >= 0);
        }
    }

    [Fact]
    public void The_oracle_says_what_the_truth_has()
    {
        foreach (int row in new[] { 0, 77, 5_000 })
        {
            var answer = Incident.Answer(Incident.Table.Ids[row]);
            Assert.Equal(Incident.Truth.Labels[row], answer.Label);
            Assert.Equal(Incident.Truth.Votes[row], answer.Votes);
        }
    }
}
