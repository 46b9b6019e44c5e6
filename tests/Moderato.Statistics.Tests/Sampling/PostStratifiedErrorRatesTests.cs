using Moderato.Statistics.Intervals;
using Moderato.Statistics.Sampling;

namespace Moderato.Statistics.Tests.Sampling;

public sealed class PostStratifiedErrorRatesTests
{
    /// <summary>
    /// An audit as it is done: much of what is flagged, some of what comes near the cut, little of the rest, where misses are
    /// rarer than one in the sample. The share of violating content by band: flagged, near, far.
    /// </summary>
    [Theory]
    [InlineData(.02, .08, .30, .020, .0010, 20_000, .5, .10, .02)]
    [InlineData(.05, .10, .50, .100, .0100, 5_000, .5, .20, .05)]
    [InlineData(.10, .20, .60, .030, .0050, 20_000, .2, .05, .01)]
    [InlineData(.03, .05, .20, .010, .0002, 50_000, .3, .10, .01)]
    public void Covers_the_true_rates_about_at_the_nominal_level(
        double flagged, double near, double inFlagged, double inNear, double inFar, int rows, double drawFlagged, double drawNear, double drawFar)
    {
        double[] shares = [flagged, near, 1 - flagged - near], violating = [inFlagged, inNear, inFar], drawn = [drawFlagged, drawNear, drawFar];
        double fn = (shares[1] * violating[1]) + (shares[2] * violating[2]), tp = shares[0] * violating[0];
        double fp = shares[0] - tp, tn = shares[1] + shares[2] - fn;
        int fprCovered = 0, fnrCovered = 0, plain = 0;
        double width = 0;
        const int trials = 600;
        for (int trial = 0; trial < trials; trial++)
        {
            var random = new SplitMix64((ulong)(trial + 1) * 104_729);
            var sample = new LabelledVerdicts();
            var linear = (Flagged: new List<bool>(), Violating: new List<bool>(), Weights: new List<double>());
            for (int band = 0; band < 3; band++)
            {
                for (int i = 0; i < rows * shares[band] * drawn[band]; i++)
                {
                    bool isViolating = random.NextDouble() < violating[band];
                    sample.Add(band == 0 ? 2 : 0, 1 / drawn[band], isViolating, i);
                    linear.Flagged.Add(band == 0);
                    linear.Violating.Add(isViolating);
                    linear.Weights.Add(1 / drawn[band]);
                }
            }

            var rates = new PostStratifiedErrorRates(
                VerdictCounts.Independent(rows * (1 - flagged), 0, rows * flagged), sample, clustered: false, "contents", "inclusion probabilities");
            fprCovered += Covers(rates.Fpr, fp / (fp + tn));
            fnrCovered += Covers(rates.Fnr, fn / (fn + tp));
            width += rates.Fpr is Rate.Known known ? known.High - known.Low : 0;
            if (HajekRatio.OfProcess(new([.. linear.Flagged], [.. linear.Violating], [.. linear.Weights]), ErrorRate.Fnr) is Outcome<RatioEstimate>.Defined(var ratio))
            {
                plain += Math.Abs(ratio.Estimate - (fn / (fn + tp))) <= 1.96 * ratio.StandardError ? 1 : 0;
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine(
            $"FPR {fprCovered / (double)trials:0.000}, FNR {fnrCovered / (double)trials:0.000}; the linearised normal interval of the FNR {plain / (double)trials:0.000}; mean FPR width {width / trials:0.00000}");
        Assert.InRange(fprCovered / (double)trials, .925, 1);
        Assert.InRange(fnrCovered / (double)trials, .925, 1);
    }

    [Fact]
    public void A_stratum_without_a_miss_adds_its_bound_not_0()
    {
        // 60 of 60 audited flagged contents violate; 200 passed ones, each standing for 100, hold no miss.
        var sample = new LabelledVerdicts();
        for (int i = 0; i < 260; i++)
        {
            sample.Add(i < 60 ? 2 : 0, i < 60 ? 2 : 100, i < 60, i);
        }

        var fnr = Assert.IsType<Rate.Known>(new PostStratifiedErrorRates(
            VerdictCounts.Independent(20_000, 0, 120), sample, clustered: false, "contents", "inclusion probabilities").Fnr);

        // The exact upper limit of the misses alone is 20,000 (1 − .025^{1/200}) = 366, beside 120 caught.
        Assert.Equal((0, 0), (fnr.Estimate, fnr.Low));
        Assert.InRange(fnr.High, .70, .80);
    }

    [Fact]
    public void A_rare_and_heavy_stratum_without_a_miss_widens_the_interval_of_the_whole()
    {
        var near = new LabelledVerdicts();
        var nearAndFar = new LabelledVerdicts();
        for (int i = 0; i < 400; i++)
        {
            Add(near, i);
            Add(nearAndFar, i);
            if (i < 100)
            {
                nearAndFar.Add(0, 100, false, 1_000 + i);
            }
        }

        double without = High(near, 4_000), with = High(nearAndFar, 14_000);

        Assert.True(with > 1.4 * without, $"{without} without, {with} with 10 000 more contents of which 100 were seen");

        static void Add(LabelledVerdicts sample, int i) => sample.Add(i < 100 ? 2 : 0, i < 100 ? 10 : 40 / 3.0, i % 20 == 0 || i < 100, i);

        static double High(LabelledVerdicts sample, double safe) => Assert.IsType<Rate.Known>(
            new PostStratifiedErrorRates(VerdictCounts.Independent(safe, 0, 1_000), sample, false, "contents", "known").Fnr).High;
    }

    [Fact]
    public void Ten_copies_of_each_content_count_once()
    {
        var rates = new[] { false, true }.Select(clustered =>
        {
            var sample = new LabelledVerdicts();
            for (int i = 0; i < 4_000; i++)
            {
                int content = i / 10;
                sample.Add(content < 100 ? 2 : 0, 1, content % 3 == 0, content);
            }

            double[] squares = clustered ? [30_000, 0, 10_000] : [3_000, 0, 1_000];
            return Assert.IsType<Rate.Known>(new PostStratifiedErrorRates(
                new([3_000, 0, 1_000], squares), sample, clustered, "contents", "all rows").Fpr);
        }).ToArray();

        Assert.InRange((rates[1].High - rates[1].Low) / (rates[0].High - rates[0].Low), Math.Sqrt(10) * .9, Math.Sqrt(10) * 1.1);
    }

    private static int Covers(Rate rate, double truth) => rate is Rate.Known known ? known.Low <= truth && truth <= known.High ? 1 : 0 : 1;
}
