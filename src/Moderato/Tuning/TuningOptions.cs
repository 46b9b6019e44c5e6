namespace Moderato.Tuning;

/// <summary>What the operator asks of a tuning.</summary>
public sealed record TuningOptions
{
    /// <summary>Null: the curve and what today's cuts imply, but no optimum; there are no default costs.</summary>
    public HarmCosts? Costs { get; init; }

    /// <summary>Most reviews a day; null: no limit but their cost.</summary>
    public double? CapacityPerDay { get; init; }

    /// <summary>
    /// The capacity is to suffice on this share of the days, as .95; null: on the average day. Needs a log with times.
    /// </summary>
    public double? DemandQuantile { get; init; }

    /// <summary>Share of the reviews that end in the wrong verdict: each such review costs what its error costs.</summary>
    public double ReviewerError { get; init; }

    /// <summary>Asks for cuts whose FNR is at most this, guaranteed with <see cref="Confidence"/>.</summary>
    public double? MaxFnr { get; init; }

    public double Confidence { get; init; } = .95;

    /// <summary>Contents a day, where the log does not say it.</summary>
    public double? ContentsPerDay { get; init; }
}
