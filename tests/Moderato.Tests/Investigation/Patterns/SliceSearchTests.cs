using Moderato.Decisions;
using Moderato.Investigation.Findings;
using Moderato.Investigation.Patterns;
using Moderato.Statistics.Intervals;

namespace Moderato.Tests.Investigation.Patterns;

public sealed class SliceSearchTests
{
    [Fact]
    public void Finds_a_planted_conjunction_and_nothing_else()
    {
        var result = Search(Traffic(20_000, 1, (language, surface, _) => language == "es" && surface == "chat" ? 0.4 : 0.03));
        var slice = Assert.Single(result.Slices);
        Assert.Equal(new Dictionary<string, string> { ["language"] = "es", ["surface"] = "chat" }, slice.Where);
        var fpr = Assert.IsType<Rate.Known>(slice.Fpr);
        Assert.InRange(0.4, fpr.Low, fpr.High);
        Assert.Equal(slice.N, fpr.N);
        Assert.InRange(slice.Lift!.Value, 10, 17);
        Assert.InRange(slice.ExcessShare, 0.8, 1);
        Assert.NotEmpty(slice.Examples);
    }

    [Fact]
    public void The_lift_of_a_planted_slice_lies_in_its_interval()
    {
        int covered = 0;
        for (int seed = 100; seed < 120; seed++)
        {
            var slice = Search(Traffic(8_000, seed, (language, _, _) => language == "es" ? 0.24 : 0.03), seed).Slices[0];
            Assert.InRange(slice.Lift!.Value, slice.LiftInterval!.Value.Low, slice.LiftInterval.Value.High);
            covered += slice.LiftInterval.Value.Contains(8) ? 1 : 0;
        }

        Assert.InRange(covered, 17, 20);
    }

    [Fact]
    public void Copies_of_one_text_do_not_narrow_the_lift()
    {
        // What is wrongly flagged in Spanish is one text over and over.
        var once = Traffic(12_000, 12, (language, _, _) => language == "es" ? 0.24 : 0.03);
        var copied = once with { Clusters = null };
        int[] clusters = [.. Enumerable.Range(0, once.Count).Select(row => once.Verdicts[row] == Verdict.Violating && once.Column("language")![row] == "es" ? row % 12 : row)];
        var columns = SliceColumns.Of(copied);
        var evidence = Moderato.Investigation.Evidence.Of(copied, clusters, clusters.Max() + 1, columns.Columns);
        var result = SliceSearch.Run(evidence, columns, 0.03, 1);
        Assert.All(result.Slices, slice => Assert.True(slice.LiftInterval!.Value.High / slice.LiftInterval.Value.Low > 2));
    }

    [Fact]
    public void SliceLines_exact_top_is_listed_where_it_is_asked_for()
    {
        var table = Traffic(8_000, 13, (language, surface, _) => language == "es" && surface == "chat" ? 0.4 : 0.03);
        var columns = SliceColumns.Of(table);
        Assert.Null(Search(table).Top);
        var top = SliceSearch.Run(table.Evidence(columns), columns, 0.03, 1, top: 3).Top!;
        Assert.InRange(top.Count, 3, 6);
        Assert.Equal(top.OrderByDescending(slice => slice.Score), top);
        Assert.Contains(top, slice => slice.Where.Count == 2 && slice.Where["language"] == "es" && slice.Where["surface"] == "chat");
        int[] safe = [.. Enumerable.Range(0, table.Count).Where(row => table.Verdicts[row] == Verdict.Violating ? table.Labels[row] == 0 : table.Labels[row] != 1)];
        foreach (var slice in top)
        {
            var matcher = new SliceMatcher(table, columns.Columns, slice.Where);
            int[] inside = [.. safe.Where(matcher.Holds)];
            double errors = inside.Count(row => table.Verdicts[row] == Verdict.Violating), mean = safe.Count(row => table.Verdicts[row] == Verdict.Violating) / (double)safe.Length;
            Assert.Equal((inside.Length, (long)errors), (slice.N, slice.FalsePositives));
            Assert.Equal((0.95 * ((errors / inside.Length / mean) - 1)) - (0.05 * ((safe.Length / (double)inside.Length) - 1)), slice.Score, 9);
        }
    }

    [Fact]
    public void Says_the_simplest_that_is_true()
    {
        // Only the language matters; its surfaces and hours differ by chance.
        var result = Search(Traffic(20_000, 2, (language, _, _) => language == "es" ? 0.3 : 0.03));
        Assert.Equal(new Dictionary<string, string> { ["language"] = "es" }, Assert.Single(result.Slices).Where);
    }

    [Fact]
    public void Two_causes_are_two_slices_the_larger_first()
    {
        var result = Search(Traffic(30_000, 3, (language, surface, _) => language == "es" ? 0.25 : surface == "profile" ? 0.4 : 0.03));
        Assert.Equal(["surface profile", "language es"], result.Slices.Select(Name));
        Assert.InRange(result.Slices.Sum(slice => slice.ExcessShare), 0.85, 1.1);
    }

    [Fact]
    public void A_synonym_of_a_better_slice_is_not_listed()
    {
        // The locale says nearly the same as the language.
        var table = Traffic(20_000, 4, (language, _, _) => language == "es" ? 0.3 : 0.03);
        var random = new Random(4);
        var locale = new CodedColumn.Builder("locale");
        for (int row = 0; row < table.Count; row++)
        {
            locale.Add(random.Next(50) == 0 ? "other" : table.Column("language")![row] + "-XX");
        }

        Assert.Single(Search(table with { Columns = [.. table.Columns, locale.Build()] }).Slices);
    }

    [Fact]
    public void Finds_a_term_in_the_texts()
    {
        var result = Search(Traffic(6_000, 5, (_, _, text) => text.Contains("shoot", StringComparison.Ordinal) ? 0.5 : 0.03, texts: true));
        Assert.Equal("shoot", Assert.Single(result.Slices).Where["term"]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_false_discovery_rate_holds_where_there_is_nothing_to_find(bool weighted)
    {
        int runs = 40, found = 0, tested = 0;
        for (int run = 0; run < runs; run++)
        {
            var table = Traffic(2_000, 100 + run, (_, _, _) => 0.08);
            var result = Search(weighted ? Audited(table, run) : table, seed: run);
            found += result.Slices.Count > 0 ? 1 : 0;
            tested += result.Tested;
        }

        Assert.True(tested > runs, $"only {tested} slices were tested");
        // With nothing to find every discovery is false: any discovery at all happens in a tenth of the runs, and 8 of 40 is its 98.5% point.
        Assert.True(found <= 8, $"found something in {found} of {runs} runs");
    }

    [Fact]
    public void Weighted_labels_find_the_same_slice_at_the_rate_of_all_contents()
    {
        var table = Audited(Traffic(60_000, 6, (language, _, _) => language == "es" ? 0.3 : 0.03), 6);
        var slice = Assert.Single(Search(table).Slices);
        Assert.Equal("language es", Name(slice));
        var fpr = Assert.IsType<Rate.Known>(slice.Fpr);
        Assert.InRange(0.3, fpr.Low, fpr.High);
        Assert.StartsWith("post-stratified", fpr.Method, StringComparison.Ordinal);
    }

    [Fact]
    public void A_flood_of_one_text_is_one_content_to_the_test()
    {
        // One text, flagged wrongly 3,000 times, all of it on one surface, where nothing else is wrong.
        var random = new Random(7);
        var table = Traffic(6_000, 7, (_, _, _) => 0.03, texts: true);
        var texts = Enumerable.Range(0, table.Count).Select(row => row < 3_000 ? "one and the same copypasta that everybody posts today" : table.Texts![row]);
        var surface = new CodedColumn.Builder("surface");
        for (int row = 0; row < table.Count; row++)
        {
            surface.Add(row < 3_000 || random.Next(3) == 0 ? "wall" : "chat");
        }

        table = table with
        {
            Texts = PackedStrings.From(texts),
            Columns = [surface.Build()],
            Verdicts = [.. table.Verdicts.Select((verdict, row) => row < 3_000 ? Verdict.Violating : verdict)],
        };
        Assert.DoesNotContain(Search(table).Slices, slice => slice.Where.ContainsKey("surface"));
    }

    [Fact]
    public void The_same_seed_gives_the_same_slices()
    {
        var table = Traffic(10_000, 8, (language, _, _) => language == "es" ? 0.2 : 0.03);
        Assert.Equal(Search(table).Slices.Select(slice => (Name(slice), slice.Q)), Search(table).Slices.Select(slice => (Name(slice), slice.Q)));
    }

    [Fact]
    public void A_slice_is_found_again_by_its_conditions()
    {
        var table = Traffic(200, 10, (_, _, _) => 0.1, texts: true);
        var columns = SliceColumns.Of(table);
        var features = SliceFeatures.Of(table, columns, Terms.Named(["shoot", "garden"]));
        int signal = features.Features.ToList().IndexOf(new("signal", "negation")), es = features.Features.ToList().IndexOf(new("language", "es"));
        int shoot = features.Features.ToList().IndexOf(new("term", "shoot")), garden = features.Features.ToList().IndexOf(new("term", "garden"));
        foreach (int[] conjunction in new int[][] { [es], [shoot], [shoot, garden], [es, shoot], [signal] })
        {
            var matcher = new SliceMatcher(table, columns.Columns, features.Where(conjunction));
            Assert.Equal(
                Enumerable.Range(0, table.Count).Where(row => features.Table.Holds(row, [.. conjunction.Order()])),
                Enumerable.Range(0, table.Count).Where(matcher.Holds));
        }
    }

    [Fact]
    public void A_condition_that_nothing_has_is_refused() =>
        Assert.Throws<ArgumentException>(() => new SliceMatcher(Traffic(2, 11, (_, _, _) => 0), [], new Dictionary<string, string> { ["planet"] = "mars" }));

    [Fact]
    public void Without_labels_or_false_positives_it_says_what_is_missing()
    {
        var table = Traffic(1_000, 9, (_, _, _) => 0);
        Assert.Contains("0 different labelled false positives", Assert.Single(Search(table).NotAssessed).Why);
        Assert.Contains("no content is labelled", Assert.Single(Search(table with { Design = new LabelDesign.None() }).NotAssessed).Why);
    }

    private static string Name(SliceFinding slice) => string.Join(", ", slice.Where.Select(condition => $"{condition.Key} {condition.Value}"));

    private static SliceSearchResult Search(DecisionTable table, int seed = 1)
    {
        var columns = SliceColumns.Of(table);
        return SliceSearch.Run(table.Evidence(columns), columns, 0.03, seed);
    }

    /// <summary>Labels of half the flagged and a twentieth of the other contents, with their probabilities.</summary>
    private static DecisionTable Audited(DecisionTable table, int seed)
    {
        var random = new Random(seed);
        double[] probabilities = [.. table.Verdicts.Select(verdict => verdict == Verdict.Violating ? 0.5 : 0.05)];
        return table with
        {
            Labels = [.. table.Labels.Select((label, row) => random.NextDouble() < probabilities[row] ? label : (sbyte)-1)],
            Design = new LabelDesign.Known(probabilities),
        };
    }

    private static DecisionTable Traffic(int rows, int seed, Func<string, string, string, double> fpr, bool texts = false) =>
        TrafficTable.Of(rows, seed, (_, language, surface, text) => fpr(language, surface, text), texts);
}
