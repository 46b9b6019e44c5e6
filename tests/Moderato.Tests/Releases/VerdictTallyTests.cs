using Moderato.Decisions;
using Moderato.Releases;
using Moderato.Statistics.Intervals;

namespace Moderato.Tests.Releases;

public sealed class VerdictTallyTests
{
    [Fact]
    public void It_counts_what_changed_in_all_and_in_each_slice()
    {
        var tally = new VerdictTally();
        tally.Add(new(Verdict.Violating, Verdict.Borderline, "hate", "hate", "es", "chat"), 3);
        tally.Add(new(Verdict.Violating, Verdict.Safe, "hate", "toxicity", "en", null));
        tally.Add(new(Verdict.Safe, Verdict.Safe, "spam", "spam", "en", "chat"), 6);
        var comparison = tally.ToComparison("contents", "all rows");
        Assert.Equal(10, comparison.Contents);
        Assert.Equal((.4, .4, 0, .3), (Of(comparison.Changed), Of(comparison.ViolatingBefore), Of(comparison.ViolatingAfter), Of(comparison.BorderlineAfter)));
        Assert.Equal([new(Verdict.Violating, Verdict.Borderline, 3), new(Verdict.Violating, Verdict.Safe, 1)], comparison.Moves);
        Assert.Equal((4, 1), Slice(comparison, "category", "hate"));
        Assert.DoesNotContain(comparison.Slices, slice => slice.Value is "toxicity" or "spam");
        Assert.Equal((9, 3 / 9.0), Slice(comparison, "surface", "chat"));
        Assert.Equal((7, 1 / 7.0), Slice(comparison, "language", "en"));
    }

    [Fact]
    public void Of_nothing_no_rate_is_known() => Assert.IsType<Rate.Unknown>(new VerdictTally().ToComparison("contents", "all rows").Changed);

    private static (long Contents, double Changed) Slice(ReleaseComparison comparison, string by, string value)
    {
        var slice = Assert.Single(comparison.Slices, slice => slice.By == by && slice.Value == value);
        return (slice.Contents, Of(slice.Changed));
    }

    private static double Of(Rate rate) => Assert.IsType<Rate.Known>(rate).Estimate;
}
