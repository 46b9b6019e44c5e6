using Moderato.Statistics.Distributions;

namespace Moderato.Statistics.Intervals;

/// <summary>The exact interval of a Poisson rate (Garwood 1936).</summary>
public static class PoissonInterval
{
    /// <summary>[χ²_{2k; α/2}/2, χ²_{2k+2; 1−α/2}/2] / exposure; the lower end is 0 at count 0.</summary>
    /// <param name="exposure">Days, contents, hours: the unit of the rate is one of them.</param>
    public static Interval Of(long count, double exposure = 1, double confidence = .95)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if (!(exposure > 0))
        {
            throw new ArgumentOutOfRangeException(nameof(exposure), exposure, "An exposure is above 0.");
        }

        double tail = (1 - Confidence.Checked(confidence)) / 2;
        double low = count == 0 ? 0 : GammaDistribution.LowerQuantile(tail, count);
        return new(low / exposure, GammaDistribution.UpperQuantile(tail, count + 1.0) / exposure);
    }
}
