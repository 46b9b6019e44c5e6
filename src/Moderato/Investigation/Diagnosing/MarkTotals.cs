namespace Moderato.Investigation.Diagnosing;

/// <summary>Estimated totals over all contents, as one mechanism sees them: its own marks by their place, and the common ones.</summary>
public readonly struct MarkTotals(double[] totals, int firstMark, double yardstickFpr)
{
    public double this[int mark] => totals[firstMark + mark];

    public double YardstickFpr { get; } = yardstickFpr;

    /// <summary>False positives of the current period.</summary>
    public double FalsePositives => totals[0];

    /// <summary>Truly safe contents of the current period.</summary>
    public double Safe => totals[1];

    public double ReferenceFalsePositives => totals[2];

    public double ReferenceSafe => totals[3];

    /// <summary>False positives over what the yardstick allows.</summary>
    public double Excess => FalsePositives - (YardstickFpr * Safe);
}
