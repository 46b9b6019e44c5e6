using Moderato.Statistics.Distributions;
using Moderato.Statistics.Intervals;
using Moderato.Statistics.Sampling;

namespace Moderato.Statistics.Tests.Simulations;

/// <summary>FPR and FNR from audits, and means that lean on predictions.</summary>
internal static class AuditCoverage
{
    private static readonly AuditWorld[] Worlds =
    [
        .. Designs(new(20_000, .05, 1, AuditDesign.Random, 1_000)),
        .. Designs(new(5_000, .05, 4, AuditDesign.Random, 1_000)),
        .. Designs(new(8_000, .3, 1, AuditDesign.Random, 3_000)),
        .. Designs(new(20_000, .01, 1, AuditDesign.Random, 400)),
    ];

    public static IEnumerable<CoverageCase> All =>
    [
        .. Worlds.SelectMany(world => new[] { ErrorRate.Fpr, ErrorRate.Fnr }.Select(rate => new CoverageCase(
            $"post-stratified {Name(rate)}", world.Words, world.Events(rate),
            seed => Covering.Of(Truth(rate), rate == ErrorRate.Fpr ? world.PostStratified(seed).Fpr : world.PostStratified(seed).Fnr)))),
        .. Worlds.SelectMany(world => new[] { ErrorRate.Fpr, ErrorRate.Fnr }.Select(rate => new CoverageCase(
            $"Hájek {Name(rate)}", world.Words, world.Events(rate),
            seed => world.Hajek(seed, rate) is Outcome<RatioEstimate>.Defined(var ratio) ? Covering.Of(Truth(rate), ratio.Interval()) : Covering.Unknown)
        {
            Exempt = world.Design == AuditDesign.Random ? null
                : "the textbook form takes every draw as independent and sees no heavy rows without an error; no command reports it",
        })),
        Predicted(200, 5_000, .1),
        Predicted(400, 20_000, .3),
        Predicted(1_000, 20_000, .05),
    ];

    private static double Truth(ErrorRate rate) => rate == ErrorRate.Fpr ? AuditWorld.TrueFpr : AuditWorld.TrueFnr;

    private static string Name(ErrorRate rate) => rate.ToString().ToUpperInvariant();

    private static IEnumerable<AuditWorld> Designs(AuditWorld world) => Enum.GetValues<AuditDesign>().Select(design => world with { Design = design });

    /// <summary>Predictions that know something of the labels: p ~ share · (0 … 2), y ~ p.</summary>
    private static CoverageCase Predicted(int labelled, int unlabelled, double share) => new(
        "PPI++", FormattableString.Invariant($"{labelled} labels beside {unlabelled} predictions, {100 * share:0}% violating"), labelled * share, seed =>
        {
            var random = new SplitMix64(seed);
            var (y, f, other) = (new double[labelled], new double[labelled], new double[unlabelled]);
            for (int i = 0; i < labelled; i++)
            {
                f[i] = share * 2 * random.NextDouble();
                y[i] = random.NextDouble() < f[i] ? 1 : 0;
            }

            for (int i = 0; i < unlabelled; i++)
            {
                other[i] = share * 2 * random.NextDouble();
            }

            return Covering.Of(share, PredictionPoweredMean.Tuned(y, f, other).Interval());
        });
}
