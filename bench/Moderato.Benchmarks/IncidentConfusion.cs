using System.Globalization;
using Moderato.Decisions;
using Moderato.Drills.Simulation;
using Moderato.Investigation;
using Moderato.Investigation.Findings;
using Moderato.Investigation.Patterns;
using Moderato.Investigation.Sampling;

namespace Moderato.Benchmarks;

/// <summary>Investigates simulated incidents of every cause, strength, prevalence and label regime, and tables what was planted against what was diagnosed.</summary>
internal static class IncidentConfusion
{
    private const string Sheet = "sample of 400";
    private const string Appeals = "appeals only";
    private static readonly string[] Regimes = [Sheet, "random", "audit", Appeals];
    private static readonly double[] Prevalences = [.002, .005, .01, .02, .05, .1];
    private static readonly double[] References = [.01, .02, .03];
    private static readonly double[] Rises = [1.8, 2.5, 4];

    private sealed record Outcome(string Cause, string Regime, string Said)
    {
        public bool Right => Said == Cause || (Regime == Appeals && Said == Causes.Inconclusive);

        public bool Wrong => !Right && Said != Causes.Inconclusive;
    }

    /// <param name="count">How many incidents, the causes in turn.</param>
    /// <param name="first">Number of the first one, so that a long run can be cut into parts.</param>
    /// <param name="only">A cause, of which alone incidents are planted, with labels of known sampling; null for all in turn.</param>
    public static void Run(int count, int first, string? only, TextWriter output)
    {
        var outcomes = new List<Outcome>();
        for (int number = first; outcomes.Count < count; number++)
        {
            var (cause, triggers) = IncidentCatalog.All[number % IncidentCatalog.All.Count];
            if (only is not null && (cause != only || RegimeOf(number) == Appeals))
            {
                continue;
            }

            var random = new Random(number);
            double reference = References[random.Next(References.Length)];
            var incident = Plant(new IncidentPlan
            {
                Cause = cause,
                Trigger = triggers[random.Next(triggers.Count)],
                Seed = number + 1,
                Shape = (ScoreShape)random.Next(2),
                Prevalence = cause is Causes.LabelNoise ? .05 + (.05 * random.NextDouble()) : Prevalences[random.Next(Prevalences.Length)],
                ReferenceFpr = reference,
                CurrentFpr = reference * Rises[random.Next(Rises.Length)],
                ReferenceRows = 8_000,
                CurrentRows = 6_000,
                Onset = random.Next(3) == 0 ? .3 : 0,
            });
            string regime = RegimeOf(number);
            var findings = InvestigationRun.Of(Labelled(incident, regime, number), new InvestigationOptions { ObjectiveFpr = incident.Truth.ObjectiveFpr, Seed = number });
            var outcome = new Outcome(cause, regime, findings.Diagnosis[0].Cause);
            outcomes.Add(outcome);
            output.WriteLine(Invariant($"{number} | {cause} | {regime} | {outcome.Said} | {incident.Plan.Trigger}, {incident.Plan.Shape}, prevalence {incident.Plan.Prevalence:0.0%}, FPR {incident.Truth.Before.Fpr:0.000} -> {incident.Truth.AfterAsLabelled.Fpr:0.000}, objective {incident.Truth.ObjectiveFpr}, {incident.Truth.Slice} | {(outcome.Right ? "" : string.Join(" + ", findings.Diagnosis.Select(d => Invariant($"{d.Cause} {d.Share:0.00}"))) + ": " + findings.Diagnosis[0].Statement)}"));
        }

        if (only is null)
        {
            Tabulate(outcomes);
        }
        else
        {
            output.WriteLine(Invariant($"{only}: {outcomes.Count(o => o.Right)} of {outcomes.Count} right, {outcomes.Count(o => o.Wrong)} wrong."));
        }
    }

    /// <summary>Joins the lines that parts of a run printed into one table.</summary>
    public static void Join(IEnumerable<string> lines) => Tabulate([.. lines.Select(line => line.Split(" | ")).Where(parts => parts.Length >= 5).Select(parts => new Outcome(parts[1], parts[2], parts[3]))]);

    private static string RegimeOf(int number) => Regimes[number / IncidentCatalog.All.Count % Regimes.Length];

    private static DecisionTable Labelled(SimulatedIncident incident, string regime, int seed)
    {
        if (regime != Sheet)
        {
            return incident.Labelled(regime switch
            {
                "random" => new LabelRegime.Random(3_000, 3_000),
                "audit" => new LabelRegime.Audit(400, 400),
                _ => new LabelRegime.Appeals(),
            });
        }

        var table = incident.Table with { Clusters = NearDuplicates.Cluster(incident.Table.Texts!) };
        return FilledSheet.Apply(table, [.. LabellingSample.Draw(table, table.Clusters, 400, seed).Select(content => Filled(incident, content))], []);
    }

    private static FilledLine Filled(SimulatedIncident incident, DrawnContent content)
    {
        var answer = incident.Answer(incident.Table.Ids[content.Row]);
        return new(content.Row, content.ClusterSize, content.InclusionProbability, answer.Label, answer.Votes, answer.SecondLabel, answer.Code);
    }

    private static void Tabulate(List<Outcome> outcomes)
    {
        string[] said = [.. IncidentCatalog.All.Select(known => known.Cause), Causes.Inconclusive];
        var tables = Regimes.Select(regime => Confusion(regime, [.. outcomes.Where(outcome => outcome.Regime == regime)], said)).ToList();
        var summary = new ResultTable(
            "Simulated incidents: what was planted against what was diagnosed", "dotnet run -c Release --project bench/Moderato.Benchmarks -- incidents 300",
            "labels", "investigations", "right", "wrong", "abstained");
        foreach (var group in outcomes.GroupBy(outcome => outcome.Regime).Append(outcomes.GroupBy(_ => "all").First()))
        {
            summary.Add(group.Key, group.Count(), Share(group, o => o.Right), Share(group, o => o.Wrong), Share(group, o => !o.Right && !o.Wrong));
        }

        var healthy = outcomes.Where(o => o.Cause == Causes.None && o.Regime != Appeals).ToList();
        summary.Note(Invariant($"Healthy logs whose labels have a known sampling: `none` for {healthy.Count(o => o.Right)} of {healthy.Count}."));
        summary.Note("6,000 current and 8,000 reference contents each; FPR 1%, 2% or 3% before and 1.8, 2.5 or 4 times that with the incident; prevalence .2% to 10% (label noise 5% to 10%); smooth and lumpy scores; a third begin after 30% of the period. Labels: 400 contents that `sample` chose, answered by the simulated panel; 3,000 a period at random; an audit of 400 a period with known probabilities; appeals only, where abstaining is right.");
        ResultTable.Write("incidents", [summary, .. tables]);
    }

    private static ResultTable Confusion(string regime, List<Outcome> outcomes, string[] said)
    {
        var table = new ResultTable($"Labels: {regime}", "", ["planted", .. said]);
        foreach (var group in outcomes.GroupBy(outcome => outcome.Cause))
        {
            table.Add([group.Key, .. said.Select(cause => (object)(group.Count(outcome => outcome.Said == cause) is > 0 and var n ? n : ""))]);
        }

        return table;
    }

    private static string Share(IEnumerable<Outcome> outcomes, Func<Outcome, bool> which)
    {
        var all = outcomes.ToList();
        return Invariant($"{all.Count(which)} ({100.0 * all.Count(which) / all.Count:0}%)");
    }

    // Some rates are out of reach of a small slice: the strongest incident that can be had.
    private static SimulatedIncident Plant(IncidentPlan plan)
    {
        try
        {
            return SimulatedIncident.Of(plan);
        }
        catch (ArgumentException) when (plan.CurrentFpr > 1.5 * plan.ReferenceFpr)
        {
            return Plant(plan with { CurrentFpr = Math.Max(1.5 * plan.ReferenceFpr, plan.CurrentFpr - (.25 * plan.ReferenceFpr)) });
        }
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
