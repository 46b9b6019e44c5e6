namespace Moderato.Drills.Simulation;

/// <summary>Which rows of an incident people have labelled. Counts beyond a period's rows mean all of them.</summary>
public abstract record LabelRegime
{
    private LabelRegime()
    {
    }

    /// <summary>Nobody has labelled anything: a normal start.</summary>
    public sealed record None : LabelRegime;

    public sealed record All : LabelRegime;

    /// <summary>A simple random sample within each period, its probabilities known.</summary>
    public sealed record Random(int Current, int Reference) : LabelRegime;

    /// <summary>An audit of every verdict: half of the budget on flagged contents, a third near the cut, the rest on the rest; independent draws, probabilities known.</summary>
    public sealed record Audit(int Current, int Reference) : LabelRegime;

    /// <summary>What was flagged or sent to review, without a probability.</summary>
    public sealed record Queue : LabelRegime;

    /// <summary>What was flagged and appealed: 15% of those wrongly moderated, 4% of the others.</summary>
    public sealed record Appeals : LabelRegime;
}
