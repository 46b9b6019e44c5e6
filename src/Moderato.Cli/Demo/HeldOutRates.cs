using Moderato.Decisions;
using Moderato.Drills.Simulation;
using Moderato.Statistics.Intervals;

namespace Moderato.Cli.Demo;

/// <summary>What cuts do to the current period of another draw of the incident, none of which anybody looked at, against the simulator's truth.</summary>
public sealed record HeldOutRates(Rate Fpr, Rate Fnr, double ReviewsPerDay)
{
    private const string Design = "all of them, against the simulator's truth";

    public static HeldOutRates Of(SimulatedIncident unseen, Cuts cuts)
    {
        var table = unseen.Table;
        var verdicts = Array.ConvertAll(table.Scores!, cuts.Decide);
        var errors = ErrorCounts.Of(verdicts, row => unseen.Truth.Violating[row], table.IsCurrent);
        int reviews = Enumerable.Range(0, table.Count).Count(row => table.IsCurrent(row) && verdicts[row] == Verdict.Borderline);
        return new(
            WilsonInterval.Rate(errors.FalsePositives, errors.Safe, "truly safe contents of further traffic with the incident", Design),
            WilsonInterval.Rate(errors.FalseNegatives, errors.Violating, "truly violating contents of further traffic with the incident", Design),
            reviews / (double)unseen.Plan.CurrentDays);
    }
}
