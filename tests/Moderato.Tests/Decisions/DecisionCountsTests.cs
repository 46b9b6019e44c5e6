using CsCheck;
using Moderato.Decisions;
using Moderato.Decisions.Counting;

namespace Moderato.Tests.Decisions;

public sealed class DecisionCountsTests
{
    private static readonly string[] Categories = ["hate", "toxicity", "spam"];

    private static readonly Gen<Decision> AnyDecision =
        from seconds in Gen.Long[-100_000, 400_000]
        from verdict in Gen.Enum<Verdict>()
        from scored in Gen.Int[0, 7]
        from score in Gen.Int[0, 10_000].Array[3]
        from giver in Gen.Int[-1, 2]
        from language in Gen.Int[0, 1].Select(i => i == 0 ? "en" : "de")
        from surface in Gen.Int[0, 2].Select(i => i == 0 ? null : i == 1 ? "chat" : "")
        select new Decision
        {
            Sequence = 1,
            Workspace = 1,
            ContentId = "c",
            Time = DateTimeOffset.FromUnixTimeSeconds(seconds),
            Verdict = verdict,
            Category = giver < 0 ? null : Categories[giver],
            Scores = Enumerable.Range(0, 3).Where(i => (scored >> i & 1) != 0).ToDictionary(i => Categories[i], i => score[i] / 10_000.0),
            Tier = "ngram",
            Release = "r",
            Policy = "1",
            Origin = DecisionOrigin.Release,
            Language = language,
            Surface = surface,
            Fingerprint = default,
        };

    [Fact]
    public void Verdicts_add_up_to_the_decisions_and_histograms_to_the_scores() => AnyDecision.Array[0, 50].Sample(decisions =>
    {
        var counts = Count(decisions);
        Assert.Equal(decisions.Length, counts.Cells.Sum(cell => cell.Value.Safe + cell.Value.Borderline + cell.Value.Violating));
        Assert.Equal(decisions.Count(one => one.Verdict == Verdict.Violating), counts.Cells.Sum(cell => cell.Value.Violating));
        Assert.Equal(decisions.Sum(one => one.Scores.Count), counts.Cells.Sum(cell => cell.Value.Scored));
        Assert.Equal(decisions.Sum(one => one.Scores.Count), counts.Histograms.Values.Sum(histogram => histogram.Bins.Values.Sum()));
    });

    [Fact]
    public void Packed_parts_in_any_order_add_up_to_the_whole() => Gen.Select(AnyDecision.Array[0, 50], Gen.Int[0, 50]).Sample((decisions, cut) =>
    {
        cut = Math.Min(cut, decisions.Length);
        var (parts, surfaces) = (new DecisionCounts(), new NamedSurfaces(2));
        PackedCounts.AddTo(parts, PackedCounts.Pack(Count(decisions[cut..])), surfaces);
        PackedCounts.AddTo(parts, PackedCounts.Pack(Count(decisions[..cut])), surfaces);
        AssertSame(Count(decisions), parts);
    });

    [Fact]
    public void A_packed_histogram_is_the_same_again() => Gen.Select(Gen.Int[0, 10_000], Gen.Long[1, long.MaxValue / 100]).Array[0, 60].Sample(entries =>
    {
        var counts = new BinCounts();
        foreach (var (bin, count) in entries)
        {
            counts.Add(bin, count);
        }

        Assert.Equal(counts.Bins, BinCounts.Unpack(counts.Pack()).Bins);
    });

    [Fact]
    public void Scores_0_and_1_lie_in_the_first_and_the_last_coarse_bin()
    {
        Assert.Equal(0, CoarseBin.Of(0));
        Assert.Equal(0, CoarseBin.Of(249));
        Assert.Equal(1, CoarseBin.Of(250));
        Assert.Equal(CoarseBin.Count - 1, CoarseBin.Of(9_999));
        Assert.Equal(CoarseBin.Count - 1, CoarseBin.Of(10_000));
    }

    [Fact]
    public void The_first_surfaces_of_each_workspace_have_a_name_and_the_others_are_counted_together()
    {
        var surfaces = new NamedSurfaces(2);
        surfaces.Keep(1, "kept");
        Assert.Equal(["kept", "a", "(other)", "a", "kept", "", "(other)"], ((string[])["kept", "a", "b", "a", "kept", "", "(other)"]).Select(surface => surfaces.Of(1, surface)));
        Assert.Equal("b", surfaces.Of(2, "b"));
        Assert.Equal([(1, "a"), (2, "b")], surfaces.Added);

        // A limit that was lowered takes no name away.
        var lowered = new NamedSurfaces(1);
        lowered.Keep(1, "a");
        lowered.Keep(1, "b");
        Assert.Equal(["b", "(other)"], [lowered.Of(1, "b"), lowered.Of(1, "c")]);
        Assert.Empty(lowered.Added);
    }

    [Fact]
    public void Decisions_on_surfaces_without_a_name_add_up_in_one_cell() => AnyDecision.Array[0, 50].Sample(decisions =>
    {
        var counts = new DecisionCounts();
        PackedCounts.AddTo(counts, PackedCounts.Pack(Count(decisions)), new NamedSurfaces(0));
        AssertSame(Count(decisions.Select(one => one with { Surface = string.IsNullOrEmpty(one.Surface) ? "" : "(other)" })), counts);
        Assert.Equal(decisions.Count(one => one.Surface is "chat"), counts.OnOtherSurfaces);
    });

    private static DecisionCounts Count(IEnumerable<Decision> decisions)
    {
        var counts = new DecisionCounts();
        foreach (var decision in decisions)
        {
            counts.Add(decision);
        }

        return counts;
    }

    private static void AssertSame(DecisionCounts expected, DecisionCounts actual)
    {
        Assert.Equal(expected.Cells.OrderBy(one => one.Key.ToString()), actual.Cells.OrderBy(one => one.Key.ToString()));
        Assert.Equal(
            expected.Histograms.ToDictionary(one => one.Key, one => string.Join(' ', one.Value.Bins)).OrderBy(one => one.Key.ToString()),
            actual.Histograms.ToDictionary(one => one.Key, one => string.Join(' ', one.Value.Bins)).OrderBy(one => one.Key.ToString()));
    }
}
