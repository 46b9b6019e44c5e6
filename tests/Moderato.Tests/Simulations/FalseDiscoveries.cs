using Moderato.Decisions;
using Moderato.Investigation.Patterns;
using Moderato.Tests.Investigation.Patterns;
using Moderato.Tests.Tuning;
using Moderato.Tuning;

namespace Moderato.Tests.Simulations;

/// <summary>How often the slice search names what is not there, and how often a guaranteed threshold breaks its promise.</summary>
/// <param name="Share">False discoveries among all, a run without any counting 0; or promises broken.</param>
internal sealed record FalseDiscoveries(string What, string World, double Share, double Most, double FoundAny)
{
    public static IEnumerable<FalseDiscoveries> All(int runs) =>
    [
        Slices("nothing planted", runs, (_, _, _, _) => .08, _ => false),
        Slices("one language planted, slices of it overlap", runs, (_, language, _, _) => language == "es" ? .3 : .04, where => where.GetValueOrDefault("language") == "es"),
        Slices("a language and a surface planted, their slices overlap", runs, (_, language, surface, _) => language == "es" || surface == "profile" ? .2 : .03,
            where => where.GetValueOrDefault("language") == "es" || where.GetValueOrDefault("surface") == "profile"),
        Guarantees(runs),
    ];

    private static FalseDiscoveries Slices(
        string world, int runs, Func<int, string, string, string, double> fpr, Func<IReadOnlyDictionary<string, string>, bool> isTrue)
    {
        double share = 0, any = 0;
        for (int run = 0; run < runs; run++)
        {
            var table = TrafficTable.Of(3_000, 10_000 + run, fpr);
            var columns = SliceColumns.Of(table);
            var found = SliceSearch.Run(table.Evidence(columns), columns, .03, run).Slices;
            share += found.Count == 0 ? 0 : found.Count(slice => !isTrue(slice.Where)) / (double)found.Count;
            any += found.Count > 0 ? 1 : 0;
        }

        return new("slice search, false discoveries", world, share / runs, SliceSearch.FalseDiscoveryRate, any / runs);
    }

    /// <summary>FNR of a threshold t is t³ where a share s² of what scores s violates.</summary>
    private static FalseDiscoveries Guarantees(int runs)
    {
        double broken = 0, feasible = 0;
        for (int run = 0; run < runs; run++)
        {
            if (TuningRun.Of(ScoredLog.AllLabelled(1_000, ScoredLog.Threshold, (ulong)run + 1), new() { MaxFnr = .1 }).Guarantee is { Feasible: true, Choice.BlockFrom: { } cut })
            {
                feasible++;
                broken += Math.Pow(cut, 3) > .1 ? 1 : 0;
            }
        }

        return new("tune --max-fnr 0.1 --confidence 0.95, broken", "1 000 labels of 1 000 contents", broken / runs, .05, feasible / runs);
    }
}
