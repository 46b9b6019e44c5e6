using CsCheck;
using Moderato.Decisions;
using Moderato.Investigation.Sampling;
using Moderato.Statistics.Intervals;
using Moderato.Statistics.Sampling;

namespace Moderato.Tests.Investigation.Sampling;

public sealed class LabellingSampleTests
{
    [Fact]
    public void Draws_each_cluster_at_most_once_and_the_weights_add_up_to_all_clusters() =>
        Gen.Select(Gen.Int[1, 3000], Gen.Int[20, 400], Gen.Int[0, 1000], Gen.Bool, Gen.Bool).Sample((rows, budget, seed, scored, compared) =>
        {
            var (table, clusters, _) = Population(rows, seed, scored, compared);

            var drawn = LabellingSample.Draw(table, clusters, budget, seed);

            int clusterCount = clusters.Distinct().Count();
            Assert.Equal(Math.Min(budget, clusterCount), drawn.Count);
            Assert.Equal(drawn.Count, drawn.Select(content => clusters[content.Row]).Distinct().Count());
            Assert.All(drawn, content => Assert.InRange(content.InclusionProbability, double.Epsilon, 1));
            Assert.All(drawn, content => Assert.Equal(clusters.Count(cluster => cluster == clusters[content.Row]), content.ClusterSize));
            Assert.Equal(clusterCount, drawn.Sum(content => 1 / content.InclusionProbability), 1e-6);
        }, iter: 60, threads: 1);

    [Fact]
    public void The_same_seed_draws_the_same_and_another_draws_others()
    {
        var (table, clusters, _) = Population(2000, seed: 1, scored: true, compared: false);

        Assert.Equal(LabellingSample.Draw(table, clusters, 100, seed: 5), LabellingSample.Draw(table, clusters, 100, seed: 5));
        Assert.NotEqual(LabellingSample.Draw(table, clusters, 100, seed: 5), LabellingSample.Draw(table, clusters, 100, seed: 6));
    }

    [Fact]
    public void Each_cluster_is_drawn_as_often_as_its_probability_says()
    {
        var (table, clusters, _) = Population(600, seed: 3, scored: true, compared: true);
        const int Draws = 4000;
        var times = new Dictionary<int, (int Count, double Probability)>();
        for (int seed = 0; seed < Draws; seed++)
        {
            foreach (var content in LabellingSample.Draw(table, clusters, 80, seed))
            {
                int cluster = clusters[content.Row];
                var before = times.GetValueOrDefault(cluster);
                times[cluster] = (before.Count + 1, content.InclusionProbability);
            }
        }

        // Every cluster can be drawn, and no count is further than 5 standard errors from its expectation (600 tests at 5.7e-7).
        Assert.Equal(clusters.Distinct().Count(), times.Count);
        Assert.All(times.Values, seen =>
        {
            double expected = Draws * seen.Probability;
            Assert.InRange(seen.Count - expected, -5 * Spread(seen.Probability) - 1e-9, (5 * Spread(seen.Probability)) + 1e-9);
        });

        static double Spread(double probability) => Math.Sqrt(Draws * probability * (1 - probability));
    }

    [Fact]
    public void Totals_and_rates_from_a_filled_sheet_are_unbiased_and_their_intervals_cover()
    {
        var (table, clusters, truth) = Population(20_000, seed: 11, scored: true, compared: false);
        double trueSafe = truth.Count(label => label == 0);
        double trueFalsePositives = Enumerable.Range(0, table.Count).Count(row => truth[row] == 0 && table.Verdicts[row] == Verdict.Violating);
        double fpr = trueFalsePositives / trueSafe;
        const int Draws = 300;
        double safe = 0, falsePositives = 0, squares = 0;
        int covered = 0;
        for (int seed = 0; seed < Draws; seed++)
        {
            var filled = Filled(table with { Clusters = clusters }, LabellingSample.Draw(table, clusters, 400, seed), truth);
            var weights = WeightsOf(filled);
            double ownFalsePositives = 0;
            for (int row = 0; row < table.Count; row++)
            {
                safe += filled.Labels[row] == 0 ? weights[row] / Draws : 0;
                ownFalsePositives += filled.Labels[row] == 0 && table.Verdicts[row] == Verdict.Violating ? weights[row] : 0;
            }

            falsePositives += ownFalsePositives / Draws;
            squares += ownFalsePositives * ownFalsePositives / Draws;
            var verdicts = Array.ConvertAll(table.Verdicts, verdict => (byte)verdict);
            var rates = new PostStratifiedErrorRates(verdicts, weights, filled.Labels, clusters, "contents", "sheet");
            covered += rates.Fpr is Rate.Known known && known.Low <= fpr && fpr <= known.High ? 1 : 0;
        }

        double standardError = Math.Sqrt((squares - (falsePositives * falsePositives)) / Draws);
        Assert.InRange(falsePositives, trueFalsePositives - (4 * standardError), trueFalsePositives + (4 * standardError));
        Assert.InRange(safe, .97 * trueSafe, 1.03 * trueSafe);
        Assert.InRange(covered / (double)Draws, .91, 1);
    }

    [Fact]
    public void A_sheet_filled_to_the_half_is_scaled_to_the_whole()
    {
        var (table, clusters, truth) = Population(5000, seed: 2, scored: true, compared: false);
        var drawn = LabellingSample.Draw(table, clusters, 200, seed: 1);
        var assumed = new List<string>();

        var lines = drawn.Select((content, i) => LineOf(content, i < 100 ? truth[content.Row] : (sbyte)-1)).ToList();
        var filled = FilledSheet.Apply(table with { Clusters = clusters }, lines, assumed);

        double clustersStoodFor = 0;
        var weights = WeightsOf(filled);
        foreach (var group in Enumerable.Range(0, table.Count).GroupBy(row => clusters[row]))
        {
            clustersStoodFor += weights[group.First()];
        }

        Assert.Equal(clusters.Distinct().Count(), clustersStoodFor, 1e-6);
        Assert.Contains("100 of 200 lines of the sheet have no label", Assert.Single(assumed), StringComparison.Ordinal);
    }

    [Fact]
    public void A_copypasta_larger_than_its_share_is_taken_for_certain()
    {
        // 900 posts of one text among 1,800 flagged: drawn at random it would be half of the estimate or nothing of it.
        int[] clusters = [.. Enumerable.Range(0, 1800).Select(row => row < 900 ? 0 : row - 899)];
        var table = Table(1800, _ => Verdict.Violating, row => .9 + (row % 100 / 1000.0));

        var drawn = LabellingSample.Draw(table, clusters, 50, seed: 1);

        var copypasta = Assert.Single(drawn, content => content.ClusterSize == 900);
        Assert.Equal(1, copypasta.InclusionProbability);
    }

    /// <summary>Scores of a grammar of skewed chances, truth by that chance, copypasta of all sizes, verdicts by two cuts.</summary>
    private static (DecisionTable Table, int[] Clusters, sbyte[] Truth) Population(int rows, int seed, bool scored, bool compared)
    {
        var random = new SplitMix64((ulong)seed);
        var clusters = new int[rows];
        var scores = new double[rows];
        var truth = new sbyte[rows];
        int cluster = -1;
        int left = 0;
        double score = 0;
        sbyte label = 0;
        for (int row = 0; row < rows; row++)
        {
            if (left == 0)
            {
                cluster++;
                left = random.NextDouble() < .9 ? 1 : random.NextDouble() < .9 ? 1 + random.Next(5) : 1 + random.Next(60);
                score = Math.Round(Math.Pow(random.NextDouble(), 4), 4);
                label = random.NextDouble() < score * .8 ? (sbyte)1 : (sbyte)0;
            }

            (clusters[row], scores[row], truth[row]) = (cluster, score, label);
            left--;
        }

        var cuts = new Cuts(.4, .6);
        var table = Table(rows, row => cuts.Decide(scores[row]), row => scores[row]);
        return (table with
        {
            Scores = scored ? table.Scores : null,
            Periods = compared ? [.. Enumerable.Range(0, rows).Select(row => row % 3 == 0 ? Period.Reference : Period.Current)] : null,
        }, clusters, truth);
    }

    private static DecisionTable Table(int rows, Func<int, Verdict> verdict, Func<int, double> score) => new()
    {
        Category = "",
        Ids = PackedStrings.From(Enumerable.Range(0, rows).Select(row => $"c{row}")),
        Verdicts = [.. Enumerable.Range(0, rows).Select(verdict)],
        Scores = [.. Enumerable.Range(0, rows).Select(score)],
        Labels = [.. Enumerable.Repeat((sbyte)-1, rows)],
        Design = new LabelDesign.None(),
    };

    private static DecisionTable Filled(DecisionTable table, IReadOnlyList<DrawnContent> drawn, sbyte[] truth) =>
        FilledSheet.Apply(table, [.. drawn.Select(content => LineOf(content, truth[content.Row]))], []);

    private static FilledLine LineOf(DrawnContent content, sbyte label) =>
        new(content.Row, content.ClusterSize, content.InclusionProbability, label, default, -1, null);

    private static double[] WeightsOf(DecisionTable table) => [.. Assert.IsType<LabelDesign.Known>(table.Design).InclusionProbabilities
        .Select((probability, row) => table.Labels[row] >= 0 ? 1 / probability : 0)];
}
