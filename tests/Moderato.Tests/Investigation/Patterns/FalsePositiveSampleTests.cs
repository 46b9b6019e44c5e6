using Moderato.Decisions;
using Moderato.Investigation.Findings;
using Moderato.Investigation.Patterns;
using Moderato.Statistics.Intervals;

namespace Moderato.Tests.Investigation.Patterns;

public sealed class FalsePositiveSampleTests
{
    [Fact]
    public void Draws_false_positives_of_the_current_period_each_once()
    {
        var table = Table() with { Periods = [.. Enumerable.Range(0, 5_000).Select(row => row % 2 == 0 ? Period.Current : Period.Reference)] };
        var sample = FalsePositiveSample.Draw(table.Evidence(), 200, 1);
        Assert.Equal(200, sample.Contents.Select(content => content.Id).Distinct().Count());
        Assert.Empty(sample.NotAssessed);
        Assert.All(sample.Contents, content =>
        {
            int row = Row(content);
            Assert.True(table.Labels[row] == 0 && table.Verdicts[row] == Verdict.Violating && table.IsCurrent(row));
        });
    }

    [Fact]
    public void Every_false_positive_is_as_likely_to_come()
    {
        var evidence = Table(rows: 400).Evidence();
        int all = Enumerable.Range(0, 400).Count(evidence.IsFalsePositive);
        var drawn = new int[400];
        const int runs = 4000;
        for (int seed = 0; seed < runs; seed++)
        {
            foreach (var content in FalsePositiveSample.Draw(evidence, 10, seed).Contents)
            {
                drawn[Row(content)]++;
            }
        }

        double expected = 10.0 / all * runs;
        Assert.All(drawn.Where((_, row) => evidence.IsFalsePositive(row)), count => Assert.InRange(count, expected - (5 * Math.Sqrt(expected)), expected + (5 * Math.Sqrt(expected))));
    }

    [Fact]
    public void The_seed_decides() =>
        Assert.Equal(FalsePositiveSample.Draw(Table().Evidence(), 50, 7).Contents, FalsePositiveSample.Draw(Table().Evidence(), 50, 7).Contents);

    [Fact]
    public void A_copypasta_comes_once()
    {
        var table = Table() with { Texts = PackedStrings.From(Enumerable.Repeat("the same text", 5_000)) };
        Assert.Single(FalsePositiveSample.Draw(table.Evidence(), 200, 1).Contents);
    }

    [Fact]
    public void Without_known_labels_it_is_a_sample_of_what_is_flagged_and_says_so()
    {
        var table = Table() with { Design = new LabelDesign.Unknown("the labels come from appeals") };
        var sample = FalsePositiveSample.Draw(table.Evidence(), 200, 1);
        Assert.Contains(sample.Contents, content => table.Labels[Row(content)] == 1);
        Assert.Contains("the labels come from appeals; the sample is of flagged content", Assert.Single(sample.NotAssessed).Why);
    }

    [Fact]
    public void Codes_come_back_as_shares_with_simultaneous_intervals()
    {
        var table = Table();
        var evidence = table.Evidence();
        var codes = new CodedColumn.Builder("code");
        int coded = 0;
        for (int row = 0; row < table.Count; row++)
        {
            codes.Add(!evidence.IsFalsePositive(row) || coded == 200 ? null : coded++ % 4 == 0 ? "news" : coded % 5 == 0 ? "our own code" : "quotation");
        }

        var shares = FalsePositiveSample.Codes((table with { Codes = codes.Build() }).Evidence())!.ToDictionary(share => share.Code, share => (Rate.Known)share.Share);
        Assert.Equal(0.25, shares["news"].Estimate);
        Assert.Equal(200, shares["news"].N);
        Assert.Equal(FalsePositiveCodes.All.Count + 1, shares.Count);
        // Wider than one interval alone.
        Assert.True(shares["news"].High - shares["news"].Low > WilsonInterval.Of(50, 200).Width);
        Assert.Equal(0, shares["sarcasm"].Estimate);
        Assert.InRange(shares["sarcasm"].High, 0.01, 0.06);
    }

    [Fact]
    public void Simultaneous_intervals_cover_together()
    {
        double[] truth = [.5, .25, .15, .1];
        string[] names = ["quotation", "news", "sarcasm", "other"];
        var table = Table(rows: 1_000) with { Verdicts = [.. Enumerable.Repeat(Verdict.Violating, 1_000)], Labels = new sbyte[1_000] };
        var random = new Random(9);
        int covered = 0;
        const int runs = 300;
        for (int run = 0; run < runs; run++)
        {
            var codes = new CodedColumn.Builder("code");
            for (int row = 0; row < table.Count; row++)
            {
                double u = random.NextDouble();
                codes.Add(row >= 120 ? null : names[u < .5 ? 0 : u < .75 ? 1 : u < .9 ? 2 : 3]);
            }

            var shares = FalsePositiveSample.Codes((table with { Codes = codes.Build() }).Evidence())!.ToDictionary(share => share.Code, share => (Rate.Known)share.Share);
            covered += names.Zip(truth).All(pair => shares[pair.First] is var share && share.Low <= pair.Second && pair.Second <= share.High) ? 1 : 0;
        }

        Assert.InRange(covered, (int)(.95 * runs), runs);
    }

    [Fact]
    public void Nothing_coded_is_no_shares() => Assert.Null(FalsePositiveSample.Codes(Table().Evidence()));

    private static int Row(SampledContent content) => int.Parse(content.Id[1..], System.Globalization.CultureInfo.InvariantCulture);

    private static DecisionTable Table(int rows = 5_000) => TrafficTable.Of(rows, 1, (_, _, _, _) => 0.2);
}
