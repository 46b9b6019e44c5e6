using Moderato.Statistics.Distributions;

namespace Moderato.Statistics.HypothesisTests;

/// <summary>
/// The exact test of a 2×2 table [[a, b], [c, d]] given its margins. Mid-p takes half of the observed table's probability:
/// less conservative, and its one-sided values add up to 1. An empty margin gives p = 1 and mid-p = ½.
/// </summary>
public sealed class FisherExactTest
{
    private readonly HypergeometricDistribution law;
    private readonly long observed;
    private readonly double here;

    /// <param name="a">Events in the first group.</param>
    /// <param name="b">Non-events in the first group.</param>
    /// <param name="c">Events in the second group.</param>
    /// <param name="d">Non-events in the second group.</param>
    public FisherExactTest(long a, long b, long c, long d)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(a);
        ArgumentOutOfRangeException.ThrowIfNegative(b);
        ArgumentOutOfRangeException.ThrowIfNegative(c);
        ArgumentOutOfRangeException.ThrowIfNegative(d);
        law = new(a + b + c + d, a + b, a + c);
        observed = a;
        here = law.Probability(a);
        OddsRatio = a * (double)d / (b * (double)c);
        if (a + b == 0 || c + d == 0 || a + c == 0 || b + d == 0)
        {
            OddsRatio = null;
        }
    }

    /// <summary>The sample odds ratio ad/bc, infinite where only bc is 0; null with an empty margin.</summary>
    public double? OddsRatio { get; }

    /// <summary>Greater: P(first cell ≥ a). Two-sided: the tables no likelier than the observed one, within a factor of 1 + 1e-12.</summary>
    public double PValue(Alternative alternative = Alternative.TwoSided) => alternative switch
    {
        Alternative.Greater => law.UpperTail(observed),
        Alternative.Less => law.LowerTail(observed),
        _ => TwoSided(),
    };

    /// <summary>The p-value less half of the observed table's probability.</summary>
    public double MidPValue(Alternative alternative = Alternative.TwoSided) => PValue(alternative) - (here / 2);

    private double TwoSided()
    {
        double limit = here * (1 + 1e-12);
        if (law.Probability(law.Mode) <= limit)
        {
            return 1;
        }

        // Past the mode on the other side, the first table that is no likelier; probabilities fall from there on.
        bool above = observed > law.Mode;
        long near = law.Mode, far = above ? law.Lowest - 1 : law.Highest + 1;
        while (Math.Abs(far - near) > 1)
        {
            long middle = near + ((far - near) / 2);
            (near, far) = law.Probability(middle) <= limit ? (near, middle) : (middle, far);
        }

        return Math.Min(1, above ? law.UpperTail(observed) + law.LowerTail(far) : law.LowerTail(observed) + law.UpperTail(far));
    }
}
