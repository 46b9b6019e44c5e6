using Moderato.Statistics.Intervals;

namespace Moderato.Monitoring;

/// <summary>What <c>estimate --json</c> prints (CONTRACT).</summary>
/// <param name="Fpr">FP / truly safe.</param>
/// <param name="Fnr">FN / truly violating.</param>
/// <param name="NaiveQueueFpr">What the labels of flagged and queued contents alone would say: shown to warn of it. Null where there are none.</param>
/// <param name="LabelsNeeded">How many more labels bring the intervals to the wanted width; empty when they are there.</param>
/// <param name="By">The same for the values of a column, most contents first.</param>
public sealed record EstimateFindings(
    Rate Fpr, Rate Fnr, Rate? NaiveQueueFpr, IReadOnlyList<LabelsNeededFinding> LabelsNeeded, IReadOnlyList<GroupEstimate> By)
{
    /// <summary>The category estimated; empty when the log names none.</summary>
    public required string Category { get; init; }

    public required string Statement { get; init; }

    /// <summary>The rates without the reviewers' own errors, where those are stated or second labels show them; null where no rate is known.</summary>
    public CorrectedRates? Corrected { get; init; }

    /// <summary>The file's other categories; empty where there is one.</summary>
    public IReadOnlyList<EstimateFindings> Others { get; init; } = [];
}

/// <param name="Sensitivity">Share of truly violating contents that a reviewer calls so; null where the error was stated.</param>
/// <param name="Specificity">Share of truly safe contents that a reviewer calls so.</param>
public sealed record CorrectedRates(Rate Fpr, Rate Fnr, Rate? Sensitivity, Rate? Specificity)
{
    public static CorrectedRates Unknown(string why) => new(new Rate.Unknown(why), new Rate.Unknown(why), null, null);
}

/// <param name="For">The rate and how near to it: "fpr ± 1 point".</param>
/// <param name="Verdict">Which contents to label at random.</param>
/// <param name="Additional">How many more of them.</param>
public sealed record LabelsNeededFinding(string For, string Verdict, long Additional);

/// <param name="By">The column.</param>
/// <param name="N">Contents with this value, labelled or not.</param>
public sealed record GroupEstimate(string By, string Value, long N, Rate Fpr, Rate Fnr);
