using System.Globalization;
using Moderato.Drills.Simulation;
using Moderato.Investigation;
using Moderato.Investigation.Findings;

namespace Moderato.Benchmarks;

/// <summary>Investigates simulated incidents of every cause and label regime, and tables what was planted against what was diagnosed.</summary>
internal static class IncidentConfusion
{
    private static readonly (string Name, LabelRegime Regime)[] Regimes =
    [
        ("random 3000", new LabelRegime.Random(3_000, 3_000)),
        ("audit 400", new LabelRegime.Audit(400, 400)),
        ("appeals", new LabelRegime.Appeals()),
    ];

    public static void Run(int seeds, string? onlyCause, TextWriter output)
    {
        var table = new SortedDictionary<string, SortedDictionary<string, int>>(StringComparer.Ordinal);
        int right = 0, wrong = 0, abstained = 0;
        foreach (var (cause, triggers) in IncidentCatalog.All.Where(known => onlyCause is null || known.Cause == onlyCause))
        {
            for (int seed = 1; seed <= seeds; seed++)
            {
                string trigger = triggers[seed % triggers.Count];
                var plan = new IncidentPlan
                {
                    Cause = cause,
                    Trigger = trigger,
                    Seed = seed,
                    Shape = (ScoreShape)(seed % 2),
                    Prevalence = cause == Causes.LabelNoise ? null : new[] { 0.01, 0.02, 0.05 }[seed % 3],
                    CurrentFpr = new[] { 0.05, 0.08, 0.12 }[seed % 3],
                };
                var incident = Plant(plan);
                foreach (var (name, regime) in Regimes)
                {
                    var findings = InvestigationRun.Of(
                        incident.Labelled(regime), new InvestigationOptions { ObjectiveFpr = incident.Truth.ObjectiveFpr, Seed = seed });
                    var first = findings.Diagnosis[0];
                    string row = $"{cause,-12} {name}";
                    table.TryAdd(row, new(StringComparer.Ordinal));
                    table[row][first.Cause] = table[row].GetValueOrDefault(first.Cause) + 1;
                    bool shouldAbstain = regime is LabelRegime.Appeals;
                    (right, wrong, abstained) =
                        first.Cause == cause || (shouldAbstain && first.Cause == Causes.Inconclusive) ? (right + 1, wrong, abstained)
                        : first.Cause == Causes.Inconclusive ? (right, wrong, abstained + 1)
                        : (right, wrong + 1, abstained);
                    if (first.Cause != cause && !shouldAbstain)
                    {
                        output.WriteLine($"  {cause} ({trigger}, seed {seed}, {plan.Shape}, {name}) -> {string.Join(" + ", findings.Diagnosis.Select(d => $"{d.Cause} {d.Share:0.00}"))}: {first.Statement}");
                        foreach (string e in first.Evidence)
                        {
                            output.WriteLine($"      {e}");
                        }
                    }
                }
            }
        }

        foreach (var (row, counts) in table)
        {
            output.WriteLine($"{row,-26} {string.Join(", ", counts.OrderByDescending(c => c.Value).Select(c => $"{c.Key} {c.Value}"))}");
        }

        int all = right + wrong + abstained;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{all} investigations: right {right} ({100.0 * right / all:0}%), wrong {wrong} ({100.0 * wrong / all:0}%), abstained {abstained}"));
    }

    // Some rates are out of reach of a small slice: the strongest incident that can be had.
    private static SimulatedIncident Plant(IncidentPlan plan)
    {
        try
        {
            return SimulatedIncident.Of(plan);
        }
        catch (ArgumentException) when (plan.CurrentFpr > 0.05)
        {
            return Plant(plan with { CurrentFpr = plan.CurrentFpr - 0.01 });
        }
    }
}
