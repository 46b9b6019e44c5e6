using CsCheck;
using Moderato.Decisions;
using Moderato.Investigation;
using Moderato.Investigation.Findings;
using Moderato.Statistics.Intervals;
using Moderato.Tests.Investigation.Patterns;

namespace Moderato.Tests.Investigation;

public sealed class SelectiveLabelsTests
{
    [Fact]
    public void Appeals_give_bounds_and_never_a_rate()
    {
        // 100 flags: 20 appealed, 15 of them overturned; 900 others, nobody looked.
        var rates = Rates([.. Flags(100)], row => row < 15 ? (sbyte)0 : row < 20 ? (sbyte)1 : (sbyte)-1);
        Assert.IsType<Rate.Unknown>(rates.Fpr);
        Assert.IsType<Rate.Unknown>(rates.FalseDiscoveryShare);
        var bounds = rates.Bounds!;
        Assert.Equal("appeals", bounds.Source);
        Assert.Equal((20, 15, 5), (bounds.Labelled, bounds.FalsePositives, bounds.RightFlags));
        Assert.Equal(new Interval(0.15, 0.95), bounds.FalseDiscoveryShare);
        Assert.Equal(15 / 915.0, bounds.FprIfRestIsSafe.Low, 12);
        Assert.Equal(95 / 995.0, bounds.FprIfRestIsSafe.High, 12);
        Assert.Equal(1, bounds.Fpr.High, 12);
        Assert.Equal(0, bounds.Fnr.Low, 12);
    }

    [Fact]
    public void The_four_numbers_are_told_apart_and_reconciled()
    {
        var selective = Rates([.. Flags(100)], row => row < 15 ? (sbyte)0 : row < 20 ? (sbyte)1 : (sbyte)-1);
        Assert.Equal(["FP / truly safe", "FP / flagged", "overturned / appealed", "complaints / contents"], selective.Meanings.Select(meaning => meaning.Formula));
        Assert.Equal(0.75, ((Rate.Known)selective.Meanings[2].Value).Estimate, 12);
        Assert.Contains("overturned / appealed: 75% [53, 89] of appealed flags, overturned; only those who appeal", selective.Which[2], StringComparison.Ordinal);
        Assert.Contains("20 flags were appealed, 15 overturned", selective.Reconciled, StringComparison.Ordinal);

        var table = Table([.. Flags(100)], row => row < 40 ? (sbyte)0 : row < 100 ? (sbyte)1 : (sbyte)0) with { Design = new LabelDesign.Random(), LabelSources = null };
        var known = RateFindings.Of(table.Evidence());
        Assert.Null(known.Bounds);
        Assert.Equal("The same 40 wrong flags are 4.3% of about 940 safe contents and 40% of the 100 flagged ones.", known.Reconciled);
        Assert.StartsWith("FP / truly safe: 4.3% [", known.Which[0], StringComparison.Ordinal);
        Assert.Contains("the log holds no appeals", known.Which[2], StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_known_false_positives_are_stands_beside_what_the_flags_are()
    {
        var surface = new CodedColumn("surface", [.. Enumerable.Range(0, 1_000).Select(row => row < 12 || row is >= 50 and < 60 ? 0 : 1)], ["chat", "comment"]);
        var table = Table([.. Flags(100)], row => row < 15 ? (sbyte)0 : (sbyte)-1) with { Columns = [surface] };
        var part = Assert.Single(RateFindings.Of(table.Evidence()).Bounds!.Composition);
        Assert.Equal("chat", part.Where["surface"]);
        Assert.Equal(0.8, ((Rate.Known)part.Share).Estimate, 12);
        Assert.Equal(0.22, part.ShareOfFlags, 12);
    }

    [Fact]
    public void Bounds_hold_whatever_the_unlabelled_contents_are() => Gen.Select(Gen.Int[1, 60], Gen.Int[0, 2_000_000_000]).Sample((rows, seed) =>
    {
        var random = new Random(seed);
        Verdict[] verdicts = [.. Enumerable.Range(0, rows).Select(_ => (Verdict)random.Next(3))];
        sbyte[] truth = [.. verdicts.Select(_ => (sbyte)random.Next(2))];
        bool[] seen = [.. verdicts.Select(_ => random.Next(3) == 0)];
        seen[0] = true;
        var bounds = Rates(verdicts, row => seen[row] ? truth[row] : (sbyte)-1).Bounds!;

        double Share(Func<int, bool> part, Func<int, bool> of) =>
            Enumerable.Range(0, rows).Count(of) is var all && all == 0 ? double.NaN : Enumerable.Range(0, rows).Count(row => of(row) && part(row)) / (double)all;
        return Holds(bounds.Fpr, Share(row => verdicts[row] == Verdict.Violating, row => truth[row] == 0))
            && Holds(bounds.FalseDiscoveryShare, Share(row => truth[row] == 0, row => verdicts[row] == Verdict.Violating))
            && Holds(bounds.Fnr, Share(row => verdicts[row] == Verdict.Safe, row => truth[row] == 1));
    });

    [Fact]
    public void Without_a_label_there_is_nothing_to_bound() =>
        Assert.Null(RateFindings.Of((Table([.. Flags(10)], _ => -1) with { Design = new LabelDesign.None() }).Evidence()).Bounds);

    private static bool Holds(Interval bounds, double truth) => double.IsNaN(truth) || (truth >= bounds.Low - 1e-12 && truth <= bounds.High + 1e-12);

    private static IEnumerable<Verdict> Flags(int flagged) => Enumerable.Range(0, 1_000).Select(row => row < flagged ? Verdict.Violating : Verdict.Safe);

    private static RatesFinding Rates(Verdict[] verdicts, Func<int, sbyte> label) => RateFindings.Of(Table(verdicts, label).Evidence());

    private static DecisionTable Table(Verdict[] verdicts, Func<int, sbyte> label) => new()
    {
        Category = "hate",
        Ids = PackedStrings.From(Enumerable.Range(0, verdicts.Length).Select(row => $"c{row}")),
        Verdicts = verdicts,
        Labels = [.. Enumerable.Range(0, verdicts.Length).Select(label)],
        LabelSources = [.. Enumerable.Range(0, verdicts.Length).Select(row => label(row) < 0 ? LabelSource.Unknown : LabelSource.Appeal)],
        Design = new LabelDesign.Unknown("labels came from appeals"),
    };
}
