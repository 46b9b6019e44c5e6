using Moderato.Decisions;
using Moderato.Drills.Simulation;
using Moderato.Investigation.Findings;

namespace Moderato.Tests.Drills.Simulation;

public sealed class SimulatedIncidentTests
{
    public static TheoryData<string, string> EveryIncident()
    {
        var incidents = new TheoryData<string, string>();
        foreach (var (cause, triggers) in IncidentCatalog.All)
        {
            foreach (var trigger in triggers)
            {
                incidents.Add(cause, trigger);
            }
        }

        return incidents;
    }

    [Theory]
    [MemberData(nameof(EveryIncident))]
    public void Rates_are_as_asked(string cause, string trigger)
    {
        var incident = SimulatedIncident.Of(Planted.Plan(cause, trigger));
        var (plan, truth) = (incident.Plan, incident.Truth);

        bool unmoved = cause is Causes.None or Causes.LabelNoise;
        Assert.Equal(truth.ObjectiveFpr is null ? plan.ReferenceFpr : plan.CurrentFpr, truth.Before.Fpr, .0005);
        Assert.Equal(unmoved ? plan.ReferenceFpr : plan.CurrentFpr, truth.After.Fpr, unmoved ? .006 : cause == Causes.Threshold ? .012 : .001);
        Assert.Equal(cause == Causes.LabelNoise ? plan.CurrentFpr : truth.After.Fpr, truth.AfterAsLabelled.Fpr, .006);
        Assert.InRange(truth.Before.Fnr, .02, .4);
        Assert.Equal(cause, truth.Cause);
    }

    [Theory]
    [MemberData(nameof(EveryIncident))]
    public void Verdicts_follow_from_scores_and_cuts_and_rows_from_time(string cause, string trigger)
    {
        var incident = SimulatedIncident.Of(Planted.Plan(cause, trigger) with { Onset = .25, Cuts = new(.3, .55) });
        var table = incident.Table;

        Assert.Equal(table.Times!.Order(), table.Times);
        long since = incident.Truth.Trigger?.Since?.UtcTicks ?? 0;
        for (int row = 0; row < table.Count; row++)
        {
            Assert.Equal(table.Periods![row] == Period.Reference, table.Times![row] < incident.Plan.Start.AddDays(incident.Plan.ReferenceDays).UtcTicks);
            if (table.Times![row] >= since)
            {
                Assert.Equal(table.Cuts!.Decide(table.Scores![row]), table.Verdicts[row]);
            }
            else
            {
                Assert.Equal(incident.Plan.Cuts.Decide(table.Scores![row]), table.Verdicts[row]);
                Assert.False(incident.Truth.Planted[row] && cause != Causes.Slice, "planted before the incident began");
            }
        }
    }

    [Fact]
    public void The_same_plan_gives_the_same_incident_and_another_seed_another_one()
    {
        var plan = Planted.Plan(Causes.NewContent) with { WithTexts = true };
        var (first, second, other) = (SimulatedIncident.Of(plan), SimulatedIncident.Of(plan), SimulatedIncident.Of(plan with { Seed = 12 }));

        Assert.Equal(first.Table.Scores, second.Table.Scores);
        Assert.Equal(first.Table.Times, second.Table.Times);
        Assert.Equal(first.Truth.Labels, second.Truth.Labels);
        Assert.Equal(first.Truth.Votes, second.Truth.Votes);
        Assert.Equal(Enumerable.Range(0, first.Table.Count).Select(row => first.Table.Texts![row]), Enumerable.Range(0, second.Table.Count).Select(row => second.Table.Texts![row]));
        Assert.NotEqual(first.Table.Scores, other.Table.Scores);
    }

    [Fact]
    public void A_seed_gives_these_very_numbers_on_every_machine()
    {
        var table = SimulatedIncident.Of(Planted.Plan(Causes.Calibration) with { WithTexts = true }).Table;

        Assert.Equal((0.3137, 0.0663, "Only a stup"), (table.Scores![0], table.Scores[5_000], table.Texts![1][..11]));
    }

    [Theory]
    [InlineData(.002)]
    [InlineData(.02)]
    [InlineData(.1)]
    public void Prevalence_is_as_asked(double prevalence)
    {
        var truth = SimulatedIncident.Of(Planted.Plan(Causes.None) with { Prevalence = prevalence, ReferenceRows = 20_000 }).Truth;

        double observed = truth.Violating.Count(violating => violating) / (double)truth.Violating.Length;
        Assert.Equal(prevalence, observed, 4 * Math.Sqrt(prevalence / truth.Violating.Length));
    }

    [Fact]
    public void Lumpy_scores_have_few_values_and_keep_the_rates()
    {
        var incident = SimulatedIncident.Of(Planted.Plan(Causes.Calibration) with { Shape = ScoreShape.Lumpy });

        Assert.InRange(incident.Table.Scores!.Distinct().Count(), 8, 18);
        Assert.Equal(incident.Plan.CurrentFpr, incident.Truth.After.Fpr, .001);
    }

    [Fact]
    public void A_real_classifier_decides_and_the_cut_is_set_by_hand()
    {
        // Judges by letters, without sense: enough to see that its scores are used as they are.
        static double Score(string text, string language) => text.Aggregate(7, (hash, letter) => ((hash * 31) + letter) & 0xFFFF) / 65_536.0;
        var incident = SimulatedIncident.Of(Planted.Plan(Causes.Threshold) with { WithTexts = true }, Score);

        for (int row = 0; row < incident.Table.Count; row += 97)
        {
            Assert.Equal(Score(incident.Table.Texts![row], "en"), incident.Table.Scores![row], 1e-4);
        }

        double cut = incident.Table.Cuts!.BlockFrom!.Value;
        Assert.Equal(0, Math.IEEERemainder(cut, .05), 1e-9);
        Assert.Equal(incident.Plan.CurrentFpr, incident.Truth.After.Fpr, .03);
    }

    [Fact]
    public void A_plan_that_cannot_be_simulated_says_all_that_is_wrong_with_it()
    {
        var error = Assert.Throws<ArgumentException>(() => SimulatedIncident.Of(new() { Cause = "weather", Category = "rudeness", Prevalence = .5 }));

        Assert.Contains("cause \"weather\": one of threshold", error.Message, StringComparison.Ordinal);
        Assert.Contains("category \"rudeness\": one of toxicity", error.Message, StringComparison.Ordinal);
        Assert.Contains("prevalence: .002 to .1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rate_out_of_reach_is_refused_with_the_reason()
    {
        var plan = Planted.Plan(Causes.LabelNoise) with { Prevalence = .01 };

        var error = Assert.Throws<ArgumentException>(() => SimulatedIncident.Of(plan));

        Assert.Contains("a higher prevalence has more of them", error.Message, StringComparison.Ordinal);
    }
}
