using System.Globalization;
using Moderato.Statistics.Tests.Simulations;

namespace Moderato.Benchmarks;

/// <summary>
/// How often what leaves the system holds what it says: coverage of intervals, broken bounds, false discoveries, false alarms.
/// The worlds are those of the tests, drawn some thousand times from fixed seeds.
/// </summary>
internal static class CoverageTables
{
    /// <param name="only">Only intervals whose name holds this; then nothing is written.</param>
    public static void Run(int trials, string only)
    {
        CoverageCase[] cases = [.. AuditCoverage.All, .. CurveCoverage.All(1_000), .. AgreementCoverage.All];
        if (only.Length > 0)
        {
            foreach (var one in cases.Where(one => one.Interval.Contains(only, StringComparison.Ordinal)))
            {
                var found = one.Run(trials);
                Console.WriteLine(FormattableString.Invariant($"{one,-80} {one.Events,6:0} {found.Covered:0.000} above {found.Above:0.000} below {found.Below:0.000} unknown {found.Unknown:0.000} width {found.MeanWidth:0.0000}"));
            }

            return;
        }
    }
}
