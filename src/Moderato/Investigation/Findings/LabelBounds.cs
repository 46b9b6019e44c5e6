using Moderato.Statistics.Intervals;

namespace Moderato.Investigation.Findings;

/// <summary>
/// What labels allow that nobody drew at random (appeals, a review queue): what they hold, and between which limits the rates of the
/// current period lie whatever the unlabelled contents are. The labels themselves are taken as true.
/// </summary>
/// <param name="Source">Where the labels came from: "appeals", "the review queue".</param>
/// <param name="Labelled">Labelled contents of the current period.</param>
/// <param name="FalsePositives">Flagged contents that are labelled safe.</param>
/// <param name="RightFlags">Flagged contents that are labelled violating.</param>
/// <param name="Fpr">FP / truly safe.</param>
/// <param name="FprIfRestIsSafe">The same, if what was not flagged and is not labelled violating is safe.</param>
/// <param name="FalseDiscoveryShare">FP / flagged.</param>
/// <param name="Fnr">Passed as safe / truly violating.</param>
/// <param name="Composition">What the known false positives are more often than the flagged contents at large, the largest difference first.</param>
public sealed record LabelBounds(
    string Source, long Labelled, long FalsePositives, long RightFlags,
    Interval Fpr, Interval FprIfRestIsSafe, Interval FalseDiscoveryShare, Interval Fnr, IReadOnlyList<CompositionPart> Composition);

/// <param name="Share">Of the known false positives, one a near-duplicate cluster.</param>
/// <param name="ShareOfFlags">Of the flagged contents, one a near-duplicate cluster.</param>
public sealed record CompositionPart(IReadOnlyDictionary<string, string> Where, Rate Share, double ShareOfFlags);

/// <summary>One of the numbers that people call "the false-positive rate".</summary>
/// <param name="Formula">"FP / truly safe".</param>
/// <param name="Short">The same in a word or two.</param>
/// <param name="Reads">What it is of: "of safe contents, wrongly flagged".</param>
/// <param name="Why">Why it differs from the others.</param>
public sealed record FprMeaning(string Formula, string Short, string Reads, Rate Value, string Why)
{
    /// <summary>"114 of 3 761": of how many contents it speaks; empty where it is not known.</summary>
    public string Counts { get; init; } = "";
}
