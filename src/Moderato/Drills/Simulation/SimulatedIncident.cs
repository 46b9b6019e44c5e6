using Moderato.Decisions;

namespace Moderato.Drills.Simulation;

/// <summary>A log with an incident in it, and apart from it the truth.</summary>
/// <param name="Plan">The plan with everything decided that it had left open.</param>
/// <param name="Table">The decisions as a team would hold them, without a label.</param>
public sealed record SimulatedIncident(IncidentPlan Plan, DecisionTable Table, IncidentTruth Truth)
{
    private readonly Lazy<Dictionary<string, int>> rowOf = new(() =>
        Enumerable.Range(0, Table.Count).ToDictionary(row => Table.Ids[row], StringComparer.Ordinal));

    /// <summary>Plants the incident. The same plan gives the same incident everywhere.</summary>
    /// <param name="classifier">Null for simulated scores, whose errors can be planted exactly.</param>
    /// <exception cref="ArgumentException">The plan cannot be simulated, or its rate is out of reach; the message says what would be right.</exception>
    public static SimulatedIncident Of(IncidentPlan plan, TextScore? classifier = null)
    {
        plan = IncidentCatalog.Complete(plan);
        var stage = new IncidentStage(plan, classifier);
        var planted = IncidentPlanting.Plant(stage);
        return IncidentLog.Write(stage, planted);
    }

    /// <summary>The table with the labels that the regime gives, as people would have given them.</summary>
    public DecisionTable Labelled(LabelRegime regime) => Labelling.Apply(this, regime);

    /// <summary>What people say about one content when asked: the oracle that fills in a sheet.</summary>
    /// <exception cref="KeyNotFoundException">No content has this id.</exception>
    public SheetAnswer Answer(string id)
    {
        int row = rowOf.Value[id];
        bool mistaken = Truth.Labels[row] != (Truth.Violating[row] ? 1 : 0) && Truth.SecondLabels[row] != Truth.Labels[row];
        return new(Truth.Labels[row], Truth.Votes[row], Truth.SecondLabels[row], mistaken ? "label error" : Truth.Codes[row] ?? "other");
    }

    /// <summary>Counts errors of the current period under other cuts, against the truth: what a remedy really does.</summary>
    public ErrorCounts Under(Cuts cuts)
    {
        var verdicts = Table.Scores!.Select(cuts.Decide).ToArray();
        return ErrorCounts.Of(verdicts, row => Truth.Violating[row], Table.IsCurrent);
    }
}

/// <param name="Label">1 violating, 0 safe.</param>
/// <param name="Code">How the content would be coded, were it a false positive.</param>
public sealed record SheetAnswer(sbyte Label, Votes Votes, sbyte SecondLabel, string Code);

/// <summary>A real classifier's score in [0,1] of the category judged.</summary>
public delegate double TextScore(string text, string language);
