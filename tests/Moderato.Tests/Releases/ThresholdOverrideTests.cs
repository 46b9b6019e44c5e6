using Moderato.Decisions;
using Moderato.Releases;

namespace Moderato.Tests.Releases;

public sealed class ThresholdOverrideTests
{
    private static readonly CategoryThresholds Thresholds = new()
    {
        Cuts = new(.3, .8),
        Exceptions =
        [
            new() { Surface = "chat", Cuts = new(.2, .5) },
            new() { Language = "es", Surface = "profile", Cuts = new(.1, .4) },
            new() { Language = "de", Cuts = new(null, .9) },
        ],
    };

    [Theory]
    [InlineData("es", null)]
    [InlineData("es", "chat")]
    [InlineData("es", "profile")]
    [InlineData("es", "comment")]
    public void What_it_names_is_not_blocked_any_more_on_any_surface(string language, string? surface)
    {
        var spared = new ThresholdOverride("hate", "es", null, Verdict.Borderline).Of(Thresholds);
        Assert.Equal(Verdict.Borderline, spared.For(language, surface).Decide(1));
        Assert.Equal(Verdict.Safe, new ThresholdOverride("hate", "es", null, Verdict.Safe).Of(Thresholds).For(language, surface).Decide(1));
    }

    [Theory]
    [InlineData("en", null)]
    [InlineData("en", "chat")]
    [InlineData("de", "comment")]
    [InlineData("de", "chat")]
    public void What_it_does_not_name_is_decided_as_before(string language, string? surface) =>
        Assert.Equal(Thresholds.For(language, surface), new ThresholdOverride("hate", "es", null, Verdict.Borderline).Of(Thresholds).For(language, surface));

    [Fact]
    public void Without_language_and_surface_it_holds_everywhere()
    {
        var spared = new ThresholdOverride("hate", null, null, Verdict.Borderline).Of(Thresholds);
        foreach (string language in (string[])["en", "es", "de"])
        {
            foreach (string? surface in (string?[])[null, "chat", "profile"])
            {
                Assert.Equal(Verdict.Borderline, spared.For(language, surface).Decide(1));
            }
        }
    }

    [Fact]
    public void What_was_safe_stays_safe_and_a_threshold_without_a_queue_gets_one()
    {
        Assert.Equal(Verdict.Safe, new ThresholdOverride("hate", "es", null, Verdict.Borderline).Of(Thresholds).For("es", null).Decide(.29));
        Assert.Equal(new Cuts(.9, null), new ThresholdOverride("hate", "de", null, Verdict.Borderline).Of(Thresholds).For("de", null));
    }

    [Fact]
    public void An_override_that_spares_nothing_is_refused() =>
        Assert.Throws<ArgumentException>(() => new ThresholdOverride("hate", "es", null, Verdict.Violating).Of(Thresholds));
}
