using Moderato.Statistics.Tests.Simulations;
using Moderato.Tests.Simulations;

namespace Moderato.Benchmarks;

/// <summary>
/// How often what leaves the system holds what it says: coverage of intervals, broken bounds, false discoveries, false alarms.
/// The worlds are those of the tests, drawn some thousand times from fixed seeds.
/// </summary>
internal static class CoverageTables
{
    /// <summary>A bootstrap costs some hundred times as much as a formula, and its coverage needs draws as well.</summary>
    private const int SlowFactor = 4;

    private const int Resamples = 400;
    private const int BoundTrials = 2_000;
    private const int GridPoints = 400;

    /// <param name="trials">Draws of each interval; a quarter of it where each draw resamples.</param>
    /// <param name="only">Only intervals whose name holds this; then nothing is written.</param>
    public static void Run(int trials, string only)
    {
        string command = FormattableString.Invariant($"dotnet run -c Release --project bench/Moderato.Benchmarks -- coverage {trials}");
        bool Asked(string name) => name.Contains(only, StringComparison.Ordinal);
        var simulated = new ResultTable(
            "Coverage: how often what is stated holds", command, "interval (nominal 95%)", "world", "events", "coverage", "above", "below", "no interval", "mean width", "draws", "");
        foreach (var one in AuditCoverage.All.Where(one => Asked(one.Interval)))
        {
            Add(simulated, one, trials);
        }

        CoverageCase[] slow = [.. CurveCoverage.All(Resamples), .. AgreementCoverage.All, .. DecisionCoverage.All];
        foreach (var one in slow.Where(one => Asked(one.Interval)))
        {
            Add(simulated, one, trials / SlowFactor);
        }

        simulated.Note(
            "Target: at least .94, and at most .965 where 30 or more events are expected; below that the intervals step by whole events, and a coverage of .94 at "
            + "every true rate needs more than .965 at some. The standard error of a coverage is √(.95 · .05/draws), .0034 at 4 000 and .015 at 200: what is outside the target by "
            + "less than two of them is marked ~. `above` and `below` say on which side the interval missed the truth. `post-stratified`, the bootstraps, the remedies "
            + "and what follows leave the system; `Hájek` is the textbook form beside it.");
        if (only.Length > 0)
        {
            simulated.Print();
            return;
        }

        ResultTable.Write("coverage", simulated, Exact(), Bounds(BoundTrials), Discoveries(trials / SlowFactor), Alarms(trials / 50));
    }

    private static void Add(ResultTable table, CoverageCase one, int trials)
    {
        var found = one.Run(trials);
        double error = 2 * found.StandardError;
        string verdict = one.Exempt is { } why ? why
            : found.Covered < CoverageCase.Least ? (found.Covered + error < CoverageCase.Least ? "too low" : "~")
            : found.Covered > CoverageCase.Most && one.Events >= CoverageCase.Enough ? (found.Covered - error > CoverageCase.Most ? "too wide" : "~")
            : "";
        table.Add(one.Interval, one.World, Share(one.Events, "0"), Share(found.Covered), Share(found.Above), Share(found.Below), Share(found.Unknown), Share(found.MeanWidth, "0.0000"), found.Trials, verdict);
    }

    private static ResultTable Exact()
    {
        var table = new ResultTable(
            "Intervals of counts, summed over every outcome", "", "interval (nominal 95%)", "world", "least, 30 events or more", "mean", "most", "least, fewer events");
        foreach (var one in ExactCoverage.All(GridPoints))
        {
            table.Add(one.Interval, one.World, Share(one.Least), Share(one.Mean), Share(one.Most), Share(one.LeastOfFew));
        }

        table.Note(
            "No simulation: probabilities of all outcomes on a grid of true rates. Coverage jumps where the true rate passes a limit, by up to .058/σ for an n with standard "
            + "deviation σ of the count, so no interval of whole counts is within .94 and .965 everywhere; under few events Wilson, Jeffreys and Agresti–Coull dip far below. "
            + "Wherever a share leaves the system under 10 (effective) events its limits are Clopper–Pearson's, which never do.");
        return table;
    }

    private static ResultTable Bounds(int trials)
    {
        var table = new ResultTable("Bounds on the risk of a chosen threshold", "", "method", "world", "broken (mean risk for control in expectation)", "at most", "a cut was found", "mean risk of it");
        foreach (var one in RiskBound.All(trials))
        {
            table.Add(one.Method, one.World, Share(one.Broken), Share(one.Most), Share(one.Feasible), Share(one.MeanRisk));
        }

        return table;
    }

    private static ResultTable Discoveries(int runs)
    {
        var table = new ResultTable("False discoveries and broken guarantees of the commands", "", "what", "world", "share", "at most", "runs with any", "runs");
        foreach (var one in FalseDiscoveries.All(runs))
        {
            table.Add(one.What, one.World, Share(one.Share), Share(one.Most), Share(one.FoundAny), runs);
        }

        return table;
    }

    private static ResultTable Alarms(int runs)
    {
        var table = new ResultTable("False alarms a day, and days to see a rate doubled", "", "detector", "world", "alarms a day", "stated", "median days to see");
        foreach (var one in FalseAlarms.All(runs))
        {
            table.Add(one.Detector, one.World, Share(one.AlarmsADay, "0.0000"), Share(one.Stated), Share(one.DaysToSee, "0"));
        }

        return table;
    }

    private static string Share(double value, string format = "0.000") =>
        double.IsNaN(value) ? "–" : value.ToString(format, System.Globalization.CultureInfo.InvariantCulture);
}
