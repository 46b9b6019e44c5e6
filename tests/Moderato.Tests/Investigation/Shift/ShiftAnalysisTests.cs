using System.Text.Json;
using Moderato.Decisions;
using Moderato.Drills.Simulation;
using Moderato.Investigation;
using Moderato.Investigation.Findings;
using Moderato.Investigation.Patterns;
using Moderato.Investigation.Shift;
using Moderato.Statistics.Intervals;

namespace Moderato.Tests.Investigation.Shift;

/// <summary>The step on simulated traffic with a known cause in it.</summary>
public sealed class ShiftAnalysisTests
{
    private const int Rows = 3_000;

    [Fact]
    public void Where_nothing_changed_nothing_shifts()
    {
        var shift = Analyse(Causes.None, IncidentCatalog.Unknown).Finding;

        Assert.True(shift.Text!.P > .01 && shift.Text.Low < .5, $"{shift.Text}");
        Assert.True(shift.Score!.P > .01, $"{shift.Score}");
        Assert.Empty(shift.Bursts);
        Assert.Empty(shift.Floods);
        Assert.True(Known(shift.Attribution!.Change) is { Low: < 0, High: > 0 }, $"{shift.Attribution}");
    }

    [Fact]
    public void A_mix_shift_is_seen_in_text_and_column_and_carries_the_change()
    {
        var shift = Analyse(Causes.MixShift, IncidentCatalog.Season).Finding;

        Assert.True(shift.Text is { Low: > .52, P: < .01 }, $"{shift.Text}");
        Assert.NotEmpty(shift.Text.Terms);
        Assert.Contains(shift.Columns, column => column is { Column: "surface", Q: < .001, Effect: > .2 });
        var attribution = shift.Attribution!;
        Assert.Equal("surface", attribution.By);
        Assert.True(Known(attribution.Mix).Estimate > .6 * Known(attribution.Change).Estimate, $"{attribution}");
    }

    [Fact]
    public void Scores_that_moved_are_seen_in_the_scores_and_nowhere_else()
    {
        var shift = Analyse(Causes.Calibration, IncidentCatalog.Provider).Finding;

        Assert.True(shift.Score is { P: < 1e-6, Effect: > .1 } && shift.Score.MeanCurrent > shift.Score.MeanReference, $"{shift.Score}");
        Assert.True(shift.Text!.P > .01, $"{shift.Text}");
        Assert.True(Known(shift.Attribution!.Rate).Estimate > .6 * Known(shift.Attribution.Change).Estimate);
    }

    [Fact]
    public void A_current_event_is_a_burst_with_its_days_and_its_share_of_the_false_positives()
    {
        var incident = Incident(Causes.NewContent, IncidentCatalog.Event);
        var shift = Analyse(incident).Finding;

        var burst = shift.Bursts[0];
        Assert.True(burst.ShareOfFlags > .2 && burst.ShareOfFalsePositives > .2, $"{burst}");
        Assert.True(burst.From >= incident.Plan.Start.AddDays(incident.Plan.ReferenceDays - 1), $"{burst}");
        Assert.True(shift.Text!.P < .01);
        Assert.Contains(burst.Terms[0], shift.Text.Terms);
    }

    [Fact]
    public void A_flood_is_one_text_with_its_contents_authors_and_hours()
    {
        var incident = Incident(Causes.NewContent, IncidentCatalog.Flood);
        var shift = Analyse(incident).Finding;

        var flood = Assert.Single(shift.Floods);
        Assert.True(flood.Contents > 50 && flood.Authors > 1, $"{flood}");
        Assert.True(flood.To - flood.From < TimeSpan.FromDays(7), $"{flood}");
        Assert.True(shift.Text!.P > .01, "One copypasta is one text.");
    }

    [Fact]
    public void Mix_and_rate_add_up_to_the_change_of_the_rates_that_the_report_shows()
    {
        var evidence = EvidenceOf(Incident(Causes.MixShift, IncidentCatalog.Platform));
        var attribution = ShiftAnalysis.Of(evidence, 1).Finding.Attribution!;
        var rates = RateFindings.Of(evidence);

        double change = Known(attribution.Change).Estimate;
        Assert.Equal(change, Known(attribution.Mix).Estimate + Known(attribution.Rate).Estimate, 1e-12);
        Assert.Equal(change, attribution.Slices.Sum(slice => slice.Mix + slice.Rate), 1e-12);
        Assert.Equal(Known(rates.Fpr!).Estimate - Known(rates.ReferenceFpr!).Estimate, change, 1e-9);
    }

    [Fact]
    public void The_same_seed_finds_the_same() => Assert.Equal(
        JsonSerializer.Serialize(Analyse(Causes.Slice, IncidentCatalog.Release).Finding, ContractJson.Compact),
        JsonSerializer.Serialize(Analyse(Causes.Slice, IncidentCatalog.Release).Finding, ContractJson.Compact));

    [Fact]
    public void Every_readable_row_gets_a_domain_score()
    {
        var evidence = EvidenceOf(Incident(Causes.MixShift, IncidentCatalog.Platform));
        var scores = ShiftAnalysis.Of(evidence, 1).Texts?.DomainScores!;

        Assert.Equal(evidence.Table.Count, scores.Length);
        Assert.All(scores, score => Assert.True(score is > 0 and < 1 || double.IsNaN(score)));
        double current = scores.Where((_, row) => evidence.Table.IsCurrent(row)).Average();
        Assert.True(current > scores.Where((_, row) => !evidence.Table.IsCurrent(row)).Average() + .1);
    }

    [Fact]
    public void What_is_missing_is_said_and_the_rest_is_done()
    {
        var table = Incident(Causes.NewContent, IncidentCatalog.Flood).Table with { Periods = null };
        var shift = ShiftAnalysis.Of(EvidenceOf(table), 1);

        Assert.Null(shift.Finding.Text);
        Assert.Null(shift.Finding.Attribution);
        Assert.NotEmpty(shift.Finding.Floods);
        Assert.Contains(shift.NotAssessed, missing => missing.What == "distribution shift" && missing.Why.Contains("--reference", StringComparison.Ordinal));

        var bare = ShiftAnalysis.Of(EvidenceOf(table with { Texts = null, Times = null, Scores = null }), 1);
        Assert.Contains(bare.NotAssessed, missing => missing.What == "bursts");
        Assert.Contains(bare.NotAssessed, missing => missing.What == "floods");
    }

    [Fact]
    public void Without_labels_all_but_the_attribution_is_there()
    {
        var incident = Incident(Causes.NewContent, IncidentCatalog.Event);
        var shift = ShiftAnalysis.Of(EvidenceOf(incident.Table), 1);

        Assert.NotNull(shift.Finding.Text);
        Assert.NotNull(shift.Finding.Score);
        Assert.NotEmpty(shift.Finding.Columns);
        Assert.NotEmpty(shift.Finding.Bursts);
        Assert.All(shift.Finding.Bursts, burst => Assert.Null(burst.ShareOfFalsePositives));
        Assert.Null(shift.Finding.Attribution);
        Assert.Contains(shift.NotAssessed, missing => missing.What == "mix shift and rate change");
    }

    private static ShiftAnalysis Analyse(string cause, string trigger) => Analyse(Incident(cause, trigger));

    private static ShiftAnalysis Analyse(SimulatedIncident incident) => ShiftAnalysis.Of(EvidenceOf(incident), 1);

    private static SimulatedIncident Incident(string cause, string trigger) => SimulatedIncident.Of(new IncidentPlan
    {
        Cause = cause,
        Trigger = trigger,
        WithTexts = true,
        ReferenceRows = Rows,
        CurrentRows = Rows,
    });

    private static Evidence EvidenceOf(SimulatedIncident incident) => EvidenceOf(incident.Labelled(new LabelRegime.Audit(800, 800)));

    private static Evidence EvidenceOf(DecisionTable table)
    {
        int[] clusters = table.Texts is { } texts ? NearDuplicates.Cluster(texts) : [.. Enumerable.Range(0, table.Count)];
        return Evidence.Of(table, clusters, clusters.Max() + 1, SliceColumns.Of(table).Columns);
    }

    private static Rate.Known Known(Rate rate) => Assert.IsType<Rate.Known>(rate);
}
