using Moderato.Decisions;
using Moderato.Drills.Simulation;

namespace Moderato.Tests.Drills.Simulation;

/// <summary>Incidents small enough to test many of them.</summary>
internal static class Planted
{
    public static IncidentPlan Plan(string cause, string? trigger = null) => new()
    {
        Cause = cause,
        Trigger = trigger,
        Seed = 11,
        ReferenceRows = 6_000,
        CurrentRows = 5_000,
        WithTexts = false,
    };

    /// <summary>FPR against the truth among the rows that count.</summary>
    public static double Fpr(this SimulatedIncident incident, Func<int, bool> counts) =>
        ErrorCounts.Of(incident.Table.Verdicts, row => incident.Truth.Violating[row], counts).Fpr;

    public static IEnumerable<int> SafeRows(this SimulatedIncident incident, Period period) =>
        Enumerable.Range(0, incident.Table.Count).Where(row => incident.Table.Periods![row] == period && !incident.Truth.Violating[row]);

    /// <summary>z of two proportions, pooled.</summary>
    public static double Z(double first, int firstN, double second, int secondN)
    {
        double pooled = ((first * firstN) + (second * secondN)) / (firstN + secondN);
        return (first - second) / Math.Sqrt(pooled * (1 - pooled) * ((1.0 / firstN) + (1.0 / secondN)));
    }
}
