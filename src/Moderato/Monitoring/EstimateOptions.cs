namespace Moderato.Monitoring;

/// <summary>How the rates are to be estimated.</summary>
public sealed record EstimateOptions
{
    /// <summary>Columns by whose values the rates are given too.</summary>
    public IReadOnlyList<string> By { get; init; } = [];

    /// <summary>Share of the reviews that are wrong; null: as second labels show, where there are enough.</summary>
    public double? ReviewerError { get; init; }

    /// <summary>Wanted half width of the FPR's interval.</summary>
    public double FprWithin { get; init; } = .01;

    /// <summary>Wanted half width of the FNR's interval.</summary>
    public double FnrWithin { get; init; } = .05;
}
