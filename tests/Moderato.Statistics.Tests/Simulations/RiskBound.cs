using Moderato.Statistics.Sampling;
using Moderato.Statistics.Thresholds;

namespace Moderato.Statistics.Tests.Simulations;

/// <summary>
/// Chosen cuts whose risk must stay below a limit: violating contents score u, so a cut at t misses a share t of them.
/// </summary>
/// <param name="Broken">Share of the trials in which the chosen cut's true risk exceeds α; for control in expectation the mean risk.</param>
/// <param name="Most">What <paramref name="Broken"/> may be: δ, or α in expectation.</param>
/// <param name="Feasible">Share of the trials in which a cut was chosen.</param>
internal sealed record RiskBound(string Method, string World, double Broken, double Most, double Feasible, double MeanRisk)
{
    private static readonly (int Labels, double Alpha, double Delta)[] Worlds = [(100, .05, .05), (300, .05, .05), (1_000, .05, .1), (300, .1, .05), (100, .1, .1)];

    public static IEnumerable<RiskBound> All(int trials) => Worlds.SelectMany(world => new[]
    {
        Of("Learn then Test, binary", world, trials, byRisk: true, (errors, n, alpha, delta) =>
            LearnThenTest.Choose([.. errors], n, alpha, delta) is GuaranteedChoice.Certified(var index, _) ? index : null),
        Of("Learn then Test, Hoeffding–Bentkus", world, trials, byRisk: true, (errors, n, alpha, delta) =>
            LearnThenTest.Certified([.. errors.Select(sum => HoeffdingBentkus.General(sum, n, alpha))], delta) is > 0 and var certified ? certified - 1 : null),
        Of("conformal risk control", world, trials, byRisk: false, (errors, n, alpha, _) =>
            ConformalRiskControl.Choose([.. errors.Select(sum => (double)sum)], n, alpha) is Outcome<int>.Defined(var index) ? index : null),
    });

    private static RiskBound Of(
        string method, (int Labels, double Alpha, double Delta) world, int trials, bool byRisk, Func<long[], int, double, double, int?> choose)
    {
        const int Cuts = 400;
        var (labels, alpha, delta) = world;
        int broken = 0, feasible = 0;
        double risk = 0;
        for (int trial = 1; trial <= trials; trial++)
        {
            var random = new SplitMix64((ulong)trial * 7_919);
            var errors = new long[Cuts];
            for (int label = 0; label < labels; label++)
            {
                // Missed by every cut above its score; cuts are i/1000 from 0 up.
                int first = (int)(random.NextDouble() * 1_000) + 1;
                for (int cut = first; cut < Cuts; cut++)
                {
                    errors[cut]++;
                }
            }

            if (choose(errors, labels, alpha, delta) is { } chosen)
            {
                double trueRisk = chosen / 1_000.0;
                feasible++;
                broken += trueRisk > alpha ? 1 : 0;
                risk += trueRisk;
            }
        }

        string words = FormattableString.Invariant($"{labels} labels, α {alpha}{(byRisk ? $", δ {delta}" : "")}");
        return new(method, words, byRisk ? broken / (double)trials : risk / trials, byRisk ? delta : alpha, feasible / (double)trials, risk / Math.Max(1, feasible));
    }
}
