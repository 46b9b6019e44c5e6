using Moderato.Decisions;

namespace Moderato.Investigation.Diagnosing;

/// <summary>Estimated totals over all contents, as one mechanism sees them: by its own marks, and altogether.</summary>
public readonly struct MarkTotals(double[,] totals, AccountStrata strata, int firstMark, double yardstickFpr)
{
    public double YardstickFpr { get; } = yardstickFpr;

    /// <summary>False positives of the current period.</summary>
    public double FalsePositives => strata.Sum(totals, 0, Period.Current, flaggedOnly: true);

    /// <summary>Truly safe contents of the current period.</summary>
    public double Safe => strata.Sum(totals, 0, Period.Current, flaggedOnly: false);

    public double ReferenceFalsePositives => strata.Sum(totals, 0, Period.Reference, flaggedOnly: true);

    public double ReferenceSafe => strata.Sum(totals, 0, Period.Reference, flaggedOnly: false);

    /// <summary>False positives over what the yardstick allows.</summary>
    public double Excess => FalsePositives - (YardstickFpr * Safe);

    /// <summary>False positives of a period with the mark.</summary>
    public double FalsePositivesOf(int mark, Period period = Period.Current) => strata.Sum(totals, 1 + firstMark + mark, period, flaggedOnly: true);

    /// <summary>Truly safe contents of a period with the mark.</summary>
    public double SafeOf(int mark, Period period = Period.Current) => strata.Sum(totals, 1 + firstMark + mark, period, flaggedOnly: false);

    /// <summary>FPR of a period in what has the mark; NaN where it has no safe content.</summary>
    public double FprOf(int mark, Period period = Period.Current) => SafeOf(mark, period) is > 0 and var safe ? FalsePositivesOf(mark, period) / safe : double.NaN;
}
