using Moderato.Investigation.Findings;

namespace Moderato.Investigation.Diagnosing;

/// <summary>A mechanism that may explain the excess, before its share is known.</summary>
/// <param name="Cause">One of <see cref="Causes"/>.</param>
/// <param name="Marks">What it marks rows with.</param>
/// <param name="Explained">How many false positives it accounts for over what the yardstick allows.</param>
/// <param name="Testify">What it says once its share of the excess is known; null when it does not hold after all.</param>
public sealed record Suspect(
    string Cause,
    Marks Marks,
    Func<MarkTotals, double> Explained,
    Func<ExcessAccount, Claim?> Testify);

/// <summary>A mark that a mechanism puts on rows, at most one a row.</summary>
/// <param name="Values">How many marks there are.</param>
/// <param name="Of">The mark of a row, from 0; negative for none.</param>
public sealed record Marks(int Values, Func<int, int> Of)
{
    /// <summary>How much of the row bears the mark, 0 to 1; null for all of it.</summary>
    public Func<int, double>? Weight { get; init; }

    /// <summary>The mark is known on labelled rows only: it comes from people.</summary>
    public bool OnLabelledOnly { get; init; }

    /// <summary>One mark, on the rows for which it holds.</summary>
    public static Marks On(Func<int, bool> rows, Func<int, double>? weight = null) => new(1, row => rows(row) ? 0 : -1) { Weight = weight };
}

/// <summary>A mechanism that holds: its share of the excess with standard error, and what it has to say.</summary>
public sealed record Claim(
    string Cause, double Share, double StandardError, string Statement, IReadOnlyList<string> Evidence)
{
    public Trigger? Trigger { get; init; }

    /// <summary>
    /// Where rows without labels show what it did to the flags: the part of today's false positives that it brought, the lower 95%
    /// limit. Labels are then needed for whether they are false, not for what they come from. Null elsewhere.
    /// </summary>
    public double? LeastBrought { get; init; }

    /// <summary>Another cause would look the same: which, and why they cannot be told apart; null where nothing speaks against it.</summary>
    public string? Doubt { get; init; }

    /// <summary>What it points at has a name in the log; false for a kind that only words of texts tell apart.</summary>
    public bool IsNamed { get; init; } = true;

    /// <summary>The current rows it points at, on which a remedy can be tried; null where it points at none in particular.</summary>
    public bool[]? Rows { get; init; }
}
