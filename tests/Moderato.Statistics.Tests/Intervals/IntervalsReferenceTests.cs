using Moderato.Statistics.HypothesisTests;
using Moderato.Statistics.Intervals;
using Moderato.Statistics.Tests.Reference;

namespace Moderato.Statistics.Tests.Intervals;

/// <summary>The whole of intervals.json.</summary>
public sealed class IntervalsReferenceTests
{
    private static readonly ReferenceFile File = ReferenceFile.Read("intervals");

    private static readonly Dictionary<string, Action<ReferenceCase>> Handlers = new()
    {
        ["Wilson"] = c => OneRate(c, WilsonInterval.Of),
        ["Clopper-Pearson"] = c => OneRate(c, ClopperPearsonInterval.Of),
        ["Jeffreys"] = c => OneRate(c, JeffreysInterval.Of),
        ["Agresti-Coull"] = c => OneRate(c, AgrestiCoullInterval.Of),
        ["Clopper-Pearson one-sided"] = OneSided,
        ["binomial test"] = BinomialTests,
        ["Newcombe"] = c => TwoRates(c, NewcombeInterval.OfDifference),
        ["Miettinen-Nurminen"] = c => TwoRates(c, ScoreIntervalOfDifference.MiettinenNurminen),
        ["Mee"] = c => TwoRates(c, ScoreIntervalOfDifference.Mee),
        ["Poisson exact"] = Poisson,
    };

    public static TheoryData<string> Cases => File.Names;

    [Theory]
    [MemberData(nameof(Cases))]
    public void Agrees_with_independent_libraries(string name) => File.Check(name, Handlers);

    private static void OneRate(ReferenceCase c, Func<long, long, double, Interval> method)
    {
        if (c.Error() is not null)
        {
            // n = 0: nothing is known; Jeffreys answers the quantiles of its prior, Beta(½, ½).
            var nothing = method(0, 0, .95);
            Assert.Equal(0, nothing.Low, .002);
            Assert.Equal(1, nothing.High, .002);
            Assert.Equal(1, nothing.Low + nothing.High, 1e-12);
            return;
        }

        var ours = c.Numbers("count").Zip(c.Numbers("nobs"), (k, n) => method((long)k, (long)n, 1 - c.Number("alpha"))).ToArray();
        c.Expect("low", [.. ours.Select(interval => interval.Low)]);
        c.Expect("high", [.. ours.Select(interval => interval.High)]);
    }

    private static void OneSided(ReferenceCase c)
    {
        double confidence = 1 - c.Number("alpha");
        c.Expect("upper", [.. c.Numbers("nobs").Select(n => ClopperPearsonInterval.UpperBound(0, (long)n, confidence))]);
        c.Expect("upper_of_the_two_sided_95_percent_interval", [.. c.Numbers("nobs").Select(n => ClopperPearsonInterval.Of(0, (long)n).High)]);
    }

    private static void BinomialTests(ReferenceCase c)
    {
        long k = c.Integer("k"), n = c.Integer("n");
        double p = c.Number("p");
        if (n == 0)
        {
            c.LeaveOut("", "scipy answers NaN; without a trial nothing speaks against p.");
            Assert.Equal(1, BinomialTest.PValue(k, n, p));
            return;
        }

        foreach (var (key, alternative) in new[] { ("two-sided", Alternative.TwoSided), ("greater", Alternative.Greater), ("less", Alternative.Less) })
        {
            c.ExpectRelatively($"{key}/pvalue", BinomialTest.PValue(k, n, p, alternative));
            Expect(c, $"{key}/exact", BinomialTest.ExactInterval(k, n, alternative));
            Expect(c, $"{key}/wilson", BinomialTest.ScoreInterval(k, n, alternative));
            Expect(c, $"{key}/wilsoncc", BinomialTest.ScoreInterval(k, n, alternative, continuity: true));
        }
    }

    private static void TwoRates(ReferenceCase c, Func<long, long, long, long, double, Interval> method)
    {
        var ours = method(c.Integer("count1"), c.Integer("nobs1"), c.Integer("count2"), c.Integer("nobs2"), 1 - c.Number("alpha"));
        c.Expect("low", ours.Low);
        c.Expect("high", ours.High);
    }

    private static void Poisson(ReferenceCase c)
    {
        var ours = PoissonInterval.Of(c.Integer("count"), c.Number("exposure"), 1 - c.Number("alpha"));
        c.Expect("low", ours.Low);
        c.Expect("high", ours.High);
    }

    private static void Expect(ReferenceCase c, string path, Interval ours) => c.Expect(path, [ours.Low, ours.High]);
}
