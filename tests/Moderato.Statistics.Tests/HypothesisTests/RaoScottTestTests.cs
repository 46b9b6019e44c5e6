using Moderato.Statistics.HypothesisTests;

namespace Moderato.Statistics.Tests.HypothesisTests;

public sealed class RaoScottTestTests
{
    [Fact]
    public void Without_weights_and_clusters_it_is_fishers_mid_p()
    {
        var (inside, events) = Table(7, 13, 9, 51);
        double[] weights = [.. Enumerable.Repeat(2.5, 80)];
        Assert.Equal(new FisherExactTest(7, 13, 9, 51).MidPValue(Alternative.Greater), RaoScottTest.Greater(inside, events, weights, Rows(80)), 12);
    }

    [Fact]
    public void Copies_of_a_row_add_nothing()
    {
        var (inside, events) = Table(7, 13, 9, 51);
        int[] copies = [.. Enumerable.Range(0, 80).SelectMany(row => Enumerable.Repeat(row, 5))];
        double p = RaoScottTest.Greater(
            [.. copies.Select(row => inside[row])], [.. copies.Select(row => events[row])], [.. copies.Select(_ => 1.0)], copies);
        // Effective sizes are those of the clusters, less one of each side.
        Assert.InRange(p, new FisherExactTest(7, 13, 9, 51).MidPValue(Alternative.Greater) * 0.8, 0.05);
    }

    [Fact]
    public void An_empty_side_says_nothing()
    {
        Assert.Equal(0.5, RaoScottTest.Greater([true, true], [true, false], [1, 1], [0, 1]), 12);
        Assert.Equal(0.5, RaoScottTest.Greater([], [], [], []), 12);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(double.NaN)]
    public void Refuses_what_is_no_weight(double weight) =>
        Assert.Throws<ArgumentException>(() => RaoScottTest.Greater([true], [true], [weight], [0]));

    // Flagged rows labelled ten times as often as the rest, as a sample that hunts false positives has it.
    [Theory]
    [InlineData(300, 0.08, 0.2)]
    [InlineData(300, 0.08, 0.05)]
    [InlineData(2000, 0.02, 0.1)]
    public void Keeps_its_level_under_unequal_sampling(int labelled, double rate, double shareInside)
    {
        var random = new Random(11);
        int rejected = 0;
        const int runs = 2000;
        for (int run = 0; run < runs; run++)
        {
            var (inside, events, weights) = (new List<bool>(), new List<bool>(), new List<double>());
            while (inside.Count < labelled)
            {
                bool flagged = random.NextDouble() < rate;
                double pi = flagged ? 0.5 : 0.05;
                if (random.NextDouble() < pi)
                {
                    inside.Add(random.NextDouble() < shareInside);
                    events.Add(flagged);
                    weights.Add(1 / pi);
                }
            }

            rejected += RaoScottTest.Greater([.. inside], [.. events], [.. weights], Rows(inside.Count)) <= 0.05 ? 1 : 0;
        }

        Assert.InRange(rejected / (double)runs, 0.02, 0.06);
    }

    private static (bool[] Inside, bool[] Events) Table(int a, int b, int c, int d)
    {
        bool[] inside = [.. Enumerable.Repeat(true, a + b), .. Enumerable.Repeat(false, c + d)];
        bool[] events = [.. Enumerable.Repeat(true, a), .. Enumerable.Repeat(false, b), .. Enumerable.Repeat(true, c), .. Enumerable.Repeat(false, d)];
        return (inside, events);
    }

    private static int[] Rows(int count) => [.. Enumerable.Range(0, count)];
}
