namespace Moderato.Investigation;

/// <summary>What the operator asked an investigation for.</summary>
public sealed record InvestigationOptions
{
    /// <summary>Highest acceptable FPR; null: the reference period's rate is the yardstick.</summary>
    public double? ObjectiveFpr { get; init; }

    /// <summary>Seed of everything that is drawn: the sample for coding, halves, folds.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Contents a day, where the log does not say it.</summary>
    public double? ContentsPerDay { get; init; }

    /// <summary>Rows of this category that could not be read.</summary>
    public long RejectedRows { get; init; }

    /// <summary>How many of SliceLine's best slices to list beside those that were tested; null for none.</summary>
    public int? TopSlices { get; init; }

    /// <summary>False positives to draw for hand-coding.</summary>
    public int SampleSize { get; init; } = 200;
}
