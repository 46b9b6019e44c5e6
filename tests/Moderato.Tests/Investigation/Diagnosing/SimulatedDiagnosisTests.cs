using Moderato.Decisions;
using Moderato.Drills.Simulation;
using Moderato.Investigation;
using Moderato.Investigation.Findings;
using Moderato.Investigation.Patterns;
using Moderato.Investigation.Sampling;

namespace Moderato.Tests.Investigation.Diagnosing;

/// <summary>A small part of what <c>bench -- incidents</c> runs, so that a change that makes the diagnosis worse is seen at once.</summary>
public sealed class SimulatedDiagnosisTests
{
    private const int Budget = 400;

    [Fact]
    public void Four_hundred_labels_that_sample_chose_tell_the_causes_apart()
    {
        var said = IncidentCatalog.All.Select((known, at) => (known.Cause, Said: Diagnose(Incident(known.Cause, known.Triggers[0], at), Budget, at))).ToList();

        Assert.True(said.Count(one => one.Said == one.Cause) >= said.Count - 2, string.Join(", ", said));
        Assert.DoesNotContain(said, one => one.Said != one.Cause && one.Said != Causes.Inconclusive);
    }

    [Fact]
    public void With_appeals_alone_it_abstains() =>
        Assert.Equal(Causes.Inconclusive, Diagnosed(Incident(Causes.Calibration, null, 1).Labelled(new LabelRegime.Appeals()), null, 1));

    private static SimulatedIncident Incident(string cause, string? trigger, int seed) => SimulatedIncident.Of(new IncidentPlan
    {
        Cause = cause,
        Trigger = trigger,
        Seed = seed + 1,
        Prevalence = cause == Causes.LabelNoise ? .08 : .02,
        ReferenceFpr = .025,
        CurrentFpr = .07,
        ReferenceRows = 6_000,
        CurrentRows = 5_000,
        Shape = (ScoreShape)(seed % 2),
    });

    private static string Diagnose(SimulatedIncident incident, int budget, int seed)
    {
        var table = incident.Table with { Clusters = NearDuplicates.Cluster(incident.Table.Texts!) };
        var sheet = LabellingSample.Draw(table, table.Clusters, budget, seed).Select(content =>
        {
            var answer = incident.Answer(table.Ids[content.Row]);
            return new FilledLine(content.Row, content.ClusterSize, content.InclusionProbability, answer.Label, answer.Votes, answer.SecondLabel, answer.Code);
        });
        return Diagnosed(FilledSheet.Apply(table, [.. sheet], []), incident.Truth.ObjectiveFpr, seed);
    }

    private static string Diagnosed(DecisionTable table, double? objective, int seed) =>
        InvestigationRun.Of(table, new InvestigationOptions { ObjectiveFpr = objective, Seed = seed }).Diagnosis[0].Cause;
}
