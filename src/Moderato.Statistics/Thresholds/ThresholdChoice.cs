namespace Moderato.Statistics.Thresholds;

/// <summary>The answer to a <see cref="ThresholdProblem"/>.</summary>
public abstract record ThresholdChoice
{
    private ThresholdChoice()
    {
    }

    /// <param name="ReviewFrom">First bin that is not safe; the number of bins when all are.</param>
    /// <param name="BlockFrom">First bin that is blocked; the number of bins when none is.</param>
    /// <param name="Harm">In the unit of the costs.</param>
    /// <param name="Reviews">Items between the two cuts.</param>
    public sealed record Optimal(int ReviewFrom, int BlockFrom, double Harm, double Reviews) : ThresholdChoice;

    /// <param name="Why">Which limit no pair of thresholds meets.</param>
    public sealed record Infeasible(string Why) : ThresholdChoice;
}
