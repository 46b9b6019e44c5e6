namespace Moderato.Statistics.Intervals;

/// <summary>
/// What is known of a rate of a population: an estimate with interval, n, method and sampling design,
/// or the reason why it cannot be known. A rate is never a bare double, and missing is never 0.
/// </summary>
public abstract record Rate
{
    private Rate()
    {
    }

    /// <param name="Estimate">The point estimate, in the unit of the rate (a share in [0,1] unless the population says otherwise).</param>
    /// <param name="Low">Lower limit of the two-sided interval.</param>
    /// <param name="High">Upper limit of the two-sided interval.</param>
    /// <param name="N">Labelled rows in the denominator (for FPR: truly safe ones), unweighted.</param>
    /// <param name="Method">Interval method, as the field calls it: "Wilson", "Hájek, linearised".</param>
    /// <param name="Population">What the rate is a rate of: "truly safe contents of the current period".</param>
    /// <param name="Design">How the labelled rows came to be labelled: "random", "inclusion probabilities", "all rows".</param>
    /// <param name="Confidence">Nominal coverage of the interval, in (0,1).</param>
    public sealed record Known(
        double Estimate, double Low, double High, long N,
        string Method, string Population, string Design, double Confidence) : Rate;

    /// <param name="Why">One sentence: what is missing, and what would make the rate known.</param>
    public sealed record Unknown(string Why) : Rate;
}
