using Moderato.Decisions;
using Moderato.Investigation;
using Moderato.Investigation.Patterns;
using Moderato.Investigation.Planning;
using Moderato.Statistics.Intervals;
using Moderato.Tests.Tuning;

namespace Moderato.Tests.Investigation.Planning;

public sealed class RemedyEffectTests
{
    private static readonly Cuts Today = ScoredLog.Threshold;

    [Fact]
    public void Taking_every_false_positive_away_is_known_only_up_to_a_bound()
    {
        var all = Effect(300, new Cuts(.5, null)).FalsePositives;

        Assert.Equal((-100, -100), (all.Percent, all.Low));
        Assert.InRange(all.High!.Value, -99.9, -80);
    }

    [Fact]
    public void A_queue_above_todays_cut_adds_no_false_negative_at_all() =>
        Assert.Equal(Change.Known.Nothing, Effect(300, new Cuts(.5, .8)).FalseNegatives);

    [Fact]
    public void A_cut_that_could_add_misses_where_none_was_seen_has_the_bound_of_what_was_not_seen()
    {
        // Contents scored .5 to .51 now pass: a handful was labelled, none of them violating.
        var table = ScoredLog.AllLabelled(600, Today);
        for (int row = 0; row < table.Count; row++)
        {
            table.Labels[row] = table.Scores![row] is >= .5 and < .51 ? (sbyte)0 : table.Labels[row];
        }

        var misses = Effect(table, new Cuts(null, .51)).FalseNegatives;

        Assert.Equal((0, 0, 0), (misses.Percent, misses.Low, misses.Absolute));
        Assert.InRange(misses.High!.Value, 1, 100);
    }

    [Fact]
    public void The_interval_of_a_share_taken_away_covers_it()
    {
        // Of the false positives (1 − s² above .5), those below .6 are ∫(1 − s²) = .06967 of .20833: 33.4%.
        int covered = 0;
        const int trials = 100;
        for (int trial = 1; trial <= trials; trial++)
        {
            var change = Effect(ScoredLog.AllLabelled(600, Today, (ulong)trial), new Cuts(null, .6)).FalsePositives;
            covered += change.Low <= -33.44 && -33.44 <= change.High ? 1 : 0;
        }

        Assert.InRange(covered, 88, 100);
    }

    private static (Change.Known FalsePositives, Change.Known FalseNegatives) Effect(int count, Cuts cuts) => Effect(ScoredLog.AllLabelled(count, Today), cuts);

    private static (Change.Known FalsePositives, Change.Known FalseNegatives) Effect(DecisionTable table, Cuts cuts)
    {
        var clusters = ContentClusters.In(table);
        var evidence = Evidence.Of(table, clusters.Of, clusters.Count, []);
        var effect = RemedyEffect.Of(evidence, Volume.Of(table, null), row => cuts.Decide(table.Scores![row]));
        return (Assert.IsType<Change.Known>(effect.FalsePositives), Assert.IsType<Change.Known>(effect.FalseNegatives));
    }
}
