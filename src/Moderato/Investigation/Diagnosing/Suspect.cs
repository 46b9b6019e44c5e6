using Moderato.Investigation.Findings;

namespace Moderato.Investigation.Diagnosing;

/// <summary>A mechanism that may explain the excess, before its share is known.</summary>
/// <param name="Cause">One of <see cref="Causes"/>.</param>
/// <param name="Marks">Numbers of a labelled row whose totals the mechanism needs.</param>
/// <param name="Explained">How many false positives it accounts for over what the yardstick allows.</param>
/// <param name="Testify">What it says once its share of the excess is known; null when it does not hold after all.</param>
public sealed record Suspect(
    string Cause,
    IReadOnlyList<Func<int, double>> Marks,
    Func<MarkTotals, double> Explained,
    Func<ExcessAccount, Claim?> Testify);

/// <summary>A mechanism that holds: its share of the excess with standard error, and what it has to say.</summary>
public sealed record Claim(
    string Cause, double Share, double StandardError, string Statement, IReadOnlyList<string> Evidence)
{
    public Trigger? Trigger { get; init; }

    /// <summary>The current rows it points at, on which a remedy can be tried; null where it points at none in particular.</summary>
    public bool[]? Rows { get; init; }
}
