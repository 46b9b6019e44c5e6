using Moderato.Statistics.Agreement;
using Moderato.Statistics.Intervals;
using Moderato.Statistics.Sampling;

namespace Moderato.Statistics.Tests.Simulations;

/// <summary>Krippendorff's α of reviewers who each err with the same probability on contents of which a share violates.</summary>
internal static class AgreementCoverage
{
    public static IEnumerable<CoverageCase> All => [Of(200, 2, .3, .1), Of(400, 3, .1, .05), Of(1_000, 2, .05, .03), Of(100, 3, .4, .15)];

    private static CoverageCase Of(int contents, int reviewers, double violating, double error)
    {
        double said = (violating * (1 - error)) + ((1 - violating) * error);
        double alpha = 1 - (error * (1 - error) / (said * (1 - said)));
        return new(
            "Krippendorff's α", FormattableString.Invariant($"{contents} contents, {reviewers} reviewers, {100 * violating:0}% violating, {100 * error:0}% error"),
            contents * 2 * error * (1 - error), seed =>
            {
                var random = new SplitMix64(seed);
                var units = new IReadOnlyList<double>[contents];
                for (int unit = 0; unit < contents; unit++)
                {
                    double truth = random.NextDouble() < violating ? 1 : 0;
                    var votes = new double[reviewers];
                    for (int reviewer = 0; reviewer < reviewers; reviewer++)
                    {
                        votes[reviewer] = random.NextDouble() < error ? 1 - truth : truth;
                    }

                    units[unit] = votes;
                }

                return KrippendorffAlpha.Bootstrap(units, MeasurementLevel.Nominal, 400, seed) is Outcome<Interval>.Defined(var interval)
                    ? Covering.Of(alpha, interval)
                    : Covering.Unknown;
            });
    }
}
