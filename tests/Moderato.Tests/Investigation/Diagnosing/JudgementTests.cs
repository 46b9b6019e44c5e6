using Moderato.Decisions;
using Moderato.Investigation;
using Moderato.Investigation.Diagnosing;
using Moderato.Investigation.Findings;
using Moderato.Statistics.Intervals;
using static Moderato.Tests.Investigation.Diagnosing.PlantedLog;

namespace Moderato.Tests.Investigation.Diagnosing;

public sealed class JudgementTests
{
    private const int PerPeriod = 20_000;

    public static TheoryData<int> Seeds => [1, 2, 3];

    private static string Cause(Evidence evidence, double? objective = null, params SliceFinding[] slices) =>
        Judge(evidence, objective, slices).Causes[0].Cause;

    private static Judgement Judge(Evidence evidence, double? objective = null, params SliceFinding[] slices)
    {
        Yardstick yardstick = objective is { } fpr ? new Yardstick.Objective(fpr)
            : evidence.HasReference ? new Yardstick.Reference()
            : new Yardstick.Question();
        return Judgement.Of(evidence, yardstick, RateFindings.Of(evidence), texts: null, slices, [], new Rate.Unknown("not measured"));
    }

    [Theory, MemberData(nameof(Seeds))]
    public void A_healthy_log_has_none(int seed) =>
        Assert.Equal(Causes.None, Cause(PlantedLog.Of(seed, 60_000, Usual, Usual).Evidence()));

    [Theory, MemberData(nameof(Seeds))]
    public void Scores_that_all_moved_alike_are_a_matter_of_calibration(int seed) =>
        Assert.Equal(Causes.Calibration, Cause(PlantedLog.Of(seed, PerPeriod, Usual, Usual with { LogitShift = (_, _) => 1 }).Evidence(0.5)));

    [Theory, MemberData(nameof(Seeds))]
    public void More_of_what_was_always_hard_is_a_mix_shift(int seed)
    {
        double Hard(string surface, string language) => surface == "game" ? 1.8 : 0;
        var before = Usual with { Surface = r => r.NextDouble() < 0.08 ? "game" : Usual.Surface(r), LogitShift = Hard };
        var after = before with { Surface = r => r.NextDouble() < 0.45 ? "game" : Usual.Surface(r) };
        Assert.Equal(Causes.MixShift, Cause(PlantedLog.Of(seed, PerPeriod, before, after).Evidence(0.5)));
    }

    [Theory, MemberData(nameof(Seeds))]
    public void A_surface_that_was_not_there_is_new_content(int seed)
    {
        var after = Usual with
        {
            Surface = r => r.NextDouble() < 0.15 ? "game" : Usual.Surface(r),
            LogitShift = (surface, _) => surface == "game" ? 2 : 0,
        };
        var judgement = Judge(PlantedLog.Of(seed, PerPeriod, Usual, after).Evidence(0.5));
        Assert.Equal(Causes.NewContent, judgement.Causes[0].Cause);
        Assert.Equal("platform", judgement.Causes[0].Trigger?.Kind);
    }

    [Theory, MemberData(nameof(Seeds))]
    public void A_language_that_a_release_gets_wrong_is_a_slice(int seed)
    {
        var after = Usual with { LogitShift = (_, language) => language == "es" ? 2.2 : 0, Release = "r2" };
        var judgement = Judge(PlantedLog.Of(seed, PerPeriod, Usual, after).Evidence(0.5), null, Slice("language", "es"));
        Assert.Equal(Causes.Slice, judgement.Causes[0].Cause);
        Assert.Equal("release", judgement.Causes[0].Trigger?.Kind);
    }

    [Theory, MemberData(nameof(Seeds))]
    public void A_lowered_cut_is_a_matter_of_the_threshold(int seed) =>
        Assert.Equal(Causes.Threshold, Cause(PlantedLog.Of(seed, PerPeriod, Usual, Usual with { BlockFrom = 0.3 }).Evidence(0.5)));

    [Theory, MemberData(nameof(Seeds))]
    public void An_objective_missed_everywhere_while_nothing_changed_is_a_matter_of_the_threshold(int seed) =>
        Assert.Equal(Causes.Threshold, Cause(PlantedLog.Of(seed, PerPeriod, Usual, Usual).Evidence(0.5), objective: 0.008));

    [Theory, MemberData(nameof(Seeds))]
    public void Labels_that_a_second_label_contradicts_are_label_noise(int seed)
    {
        var log = PlantedLog.Of(seed, PerPeriod, Usual, Usual with { Prevalence = 0.05 }).Each((row, random) =>
            row.Label = row.Violating && !(row.Period == Period.Current && random.NextDouble() < 0.7));
        Assert.Equal(Causes.LabelNoise, Cause(log.Evidence(0.5, second: true)));
    }

    [Theory, MemberData(nameof(Seeds))]
    public void Contents_on_which_reviewers_split_are_a_matter_of_the_policy(int seed)
    {
        var log = PlantedLog.Of(seed, PerPeriod, Usual, Usual with { Prevalence = 0.05 }).Each((row, random) =>
        {
            if (row.Period == Period.Current && row.Violating && random.NextDouble() < 0.7)
            {
                (row.Label, row.Votes) = (false, new Votes(1, 3));
            }
        });
        Assert.Equal(Causes.Policy, Cause(log.Evidence(0.5, votes: true)));
    }

    [Theory, MemberData(nameof(Seeds))]
    public void Few_labels_make_it_abstain_and_say_how_many_more(int seed)
    {
        var judgement = Judge(PlantedLog.Of(seed, PerPeriod, Usual, Usual with { LogitShift = (_, _) => 0.3 }).Evidence(0.005));
        Assert.Equal(Causes.Inconclusive, judgement.Causes[0].Cause);
        Assert.All(judgement.LabelNext, next => Assert.True(next.Additional > 0));
    }

    private static SliceFinding Slice(string column, string value) => new(
        new Dictionary<string, string> { [column] = value }, 1_000, 100,
        new Rate.Known(0.1, 0.08, 0.12, 1_000, "Wilson", "truly safe contents", "random", 0.95), 5, 0.001, 0.5, []);
}
