using Moderato.Decisions;
using Moderato.Drills.Simulation;
using Moderato.Investigation.Findings;

namespace Moderato.Tests.Drills.Simulation;

/// <summary>Each cause does what the contract says that it means, and leaves alone what it says it leaves alone.</summary>
public sealed class PlantedCauseTests
{
    [Fact]
    public void Calibration_is_undone_by_one_monotone_map_in_every_language_alike()
    {
        var incident = SimulatedIncident.Of(Planted.Plan(Causes.Calibration) with { ReferenceRows = 20_000, CurrentRows = 20_000 });
        var scores = incident.Table.Scores!;

        // The map: the current score at each rank of safe content back to the reference's score at that rank.
        var before = incident.SafeRows(Period.Reference).Select(row => scores[row]).Order().ToArray();
        var after = incident.SafeRows(Period.Current).Select(row => scores[row]).Order().ToArray();
        double cut = after[(int)(after.Length * (1 - incident.Plan.ReferenceFpr))];

        foreach (var language in new[] { "en", "es", "de", "fr" })
        {
            var column = incident.Table.Column("language")!;
            var now = incident.SafeRows(Period.Current).Where(row => column[row] == language).ToArray();
            var then = incident.SafeRows(Period.Reference).Where(row => column[row] == language).ToArray();
            double mapped = now.Count(row => scores[row] >= cut) / (double)now.Length;
            double was = then.Count(row => scores[row] >= incident.Plan.Cuts.BlockFrom) / (double)then.Length;
            Assert.InRange(Planted.Z(mapped, now.Length, was, then.Length), -3.5, 3.5);
        }

        Assert.True(after[after.Length / 2] > before[before.Length / 2]);
    }

    [Theory]
    [InlineData(IncidentCatalog.Season, PlantedSlice.Surface, "game-chat")]
    [InlineData(IncidentCatalog.Platform, PlantedSlice.Language, "pt")]
    public void Mix_shift_moves_shares_and_no_rate_inside_a_slice(string trigger, string by, string value)
    {
        var incident = SimulatedIncident.Of(Planted.Plan(Causes.MixShift, trigger) with { ReferenceRows = 20_000, CurrentRows = 20_000 });
        var column = incident.Table.Column(by)!;
        Assert.Equal(new PlantedSlice(by, value), incident.Truth.Slice);

        foreach (bool inside in new[] { true, false })
        {
            var then = incident.SafeRows(Period.Reference).Where(row => column[row] == value == inside).ToHashSet();
            var now = incident.SafeRows(Period.Current).Where(row => column[row] == value == inside).ToHashSet();
            Assert.InRange(Planted.Z(incident.Fpr(then.Contains), then.Count, incident.Fpr(now.Contains), now.Count), -3.5, 3.5);
        }

        double share = Share(Period.Current) / Share(Period.Reference);
        Assert.True(share > 2, $"the slice grew {share:0.0} times");

        double Share(Period period) => incident.SafeRows(period).Count(row => column[row] == value) / (double)incident.SafeRows(period).Count();
    }

    [Theory]
    [InlineData(IncidentCatalog.Event)]
    [InlineData(IncidentCatalog.Flood)]
    [InlineData(IncidentCatalog.Platform)]
    [InlineData(IncidentCatalog.Unknown)]
    public void New_content_carries_the_excess_and_the_reference_has_none_of_it(string trigger)
    {
        var incident = SimulatedIncident.Of(Planted.Plan(Causes.NewContent, trigger));
        var truth = incident.Truth;

        Assert.DoesNotContain(incident.SafeRows(Period.Reference), row => truth.Planted[row]);
        var old = incident.SafeRows(Period.Current).Where(row => !truth.Planted[row]).ToHashSet();
        var then = incident.SafeRows(Period.Reference).ToHashSet();
        Assert.InRange(Planted.Z(incident.Fpr(then.Contains), then.Count, incident.Fpr(old.Contains), old.Count), -3.5, 3.5);
        if (truth.Slice is { By: PlantedSlice.Language or PlantedSlice.Surface } slice)
        {
            var column = incident.Table.Column(slice.By)!;
            Assert.All(Enumerable.Range(0, incident.Table.Count), row => Assert.Equal(truth.Planted[row], column[row] == slice.Value));
        }
    }

    [Theory]
    [InlineData(PlantedSlice.Language, "es")]
    [InlineData(PlantedSlice.Surface, "review")]
    [InlineData(PlantedSlice.Register, "quotation")]
    public void A_slice_incident_is_in_its_slice_and_nowhere_else(string by, string value)
    {
        var incident = SimulatedIncident.Of(Planted.Plan(Causes.Slice) with { Slice = new(by, value) });
        var column = by == PlantedSlice.Register ? incident.Truth.Registers : incident.Table.Column(by)!;

        var outsideThen = incident.SafeRows(Period.Reference).Where(row => column[row] != value).ToHashSet();
        var outsideNow = incident.SafeRows(Period.Current).Where(row => column[row] != value).ToHashSet();
        var insideNow = incident.SafeRows(Period.Current).Where(row => column[row] == value).ToHashSet();
        Assert.InRange(Planted.Z(incident.Fpr(outsideThen.Contains), outsideThen.Count, incident.Fpr(outsideNow.Contains), outsideNow.Count), -3.5, 3.5);
        Assert.True(incident.Fpr(insideNow.Contains) > 8 * incident.Fpr(outsideNow.Contains));
    }

    [Fact]
    public void A_slice_that_was_always_wrong_shows_against_the_objective_only()
    {
        var truth = SimulatedIncident.Of(Planted.Plan(Causes.Slice, IncidentCatalog.Unknown)).Truth;

        Assert.Equal(.025, truth.ObjectiveFpr);
        Assert.Equal(truth.Before.Fpr, truth.After.Fpr, .002);
        Assert.Null(truth.Trigger);
    }

    [Fact]
    public void A_lowered_threshold_leaves_the_scores_alone()
    {
        var incident = SimulatedIncident.Of(Planted.Plan(Causes.Threshold, IncidentCatalog.Release));

        Assert.True(incident.Table.Cuts!.BlockFrom < .5);
        Assert.Equal(incident.Plan.ReferenceFpr, incident.Under(incident.Plan.Cuts).Fpr, .006);
        Assert.Equal(["r1", "r2"], incident.Table.Column("release")!.Values);
    }

    [Fact]
    public void Label_noise_is_contradicted_by_second_labels_on_the_seeming_false_positives()
    {
        var incident = SimulatedIncident.Of(Planted.Plan(Causes.LabelNoise));
        var truth = incident.Truth;

        var seeming = Enumerable.Range(0, incident.Table.Count)
            .Where(row => incident.Table.IsCurrent(row) && incident.Table.Verdicts[row] == Verdict.Violating && truth.Labels[row] == 0).ToArray();
        double contradicted = seeming.Count(row => truth.SecondLabels[row] == 1) / (double)seeming.Length;
        Assert.InRange(contradicted, .5, .9);
    }

    [Theory]
    [InlineData(IncidentCatalog.Release)]
    [InlineData(IncidentCatalog.Event)]
    public void Where_the_policy_does_not_decide_votes_split_on_the_false_positives(string trigger)
    {
        var incident = SimulatedIncident.Of(Planted.Plan(Causes.Policy, trigger));
        var truth = incident.Truth;

        double Split(Period period)
        {
            var falsePositives = incident.SafeRows(period).Where(row => incident.Table.Verdicts[row] == Verdict.Violating).ToArray();
            return falsePositives.Count(row => truth.Votes[row].Contested) / (double)falsePositives.Length;
        }

        Assert.True(Split(Period.Current) > .4, $"{Split(Period.Current)} of the false positives are contested");
        Assert.True(Split(Period.Reference) < .25, $"{Split(Period.Reference)} were before");
    }

    [Fact]
    public void A_raid_raises_what_is_flagged_and_not_the_false_positive_rate()
    {
        var incident = SimulatedIncident.Of(Planted.Plan(Causes.None, IncidentCatalog.Event));

        Assert.True(FlagRate(Period.Current) > 1.4 * FlagRate(Period.Reference));
        Assert.InRange(Planted.Z(incident.Truth.Before.Fpr, 8_000, incident.Truth.After.Fpr, 6_000), -3.5, 3.5);

        double FlagRate(Period period)
        {
            var rows = Enumerable.Range(0, incident.Table.Count).Where(row => incident.Table.Periods![row] == period).ToArray();
            return rows.Count(row => incident.Table.Verdicts[row] == Verdict.Violating) / (double)rows.Length;
        }
    }
}
