using Moderato.Decisions;

namespace Moderato.Drills.Simulation;

/// <summary>One content on its way into the log: what was written, the truth about it, and what the classifier makes of it.</summary>
internal sealed class SimulatedRow
{
    public required string Text { get; init; }

    public required TrafficMix.Cell Cell { get; init; }

    public required Author Author { get; init; }

    /// <summary>UTC ticks.</summary>
    public required long Time { get; init; }

    public required Period Period { get; init; }

    /// <summary>The kind of harm written, also where it is safe for the category judged.</summary>
    public required Harm? Harm { get; init; }

    /// <summary>Words that sound violent, whatever they mean here.</summary>
    public required int Heat { get; init; }

    /// <summary>Whether the incident brought or changed this content.</summary>
    public bool Planted { get; set; }

    /// <summary>The truth for the category judged; of contested content, what most of a panel said.</summary>
    public bool Violating { get; set; }

    /// <summary>The votes on content that the policy does not decide; (0, 0) where it does.</summary>
    public Votes Split { get; set; }

    public bool Contested => Split.Known;

    /// <summary>The first label says safe although the content violates.</summary>
    public bool Mislabelled { get; set; }

    /// <summary>The classifier's score, in logits.</summary>
    public double Latent { get; set; }
}
