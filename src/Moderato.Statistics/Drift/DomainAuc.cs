using Moderato.Statistics.Distributions;
using Moderato.Statistics.HypothesisTests;
using Moderato.Statistics.Intervals;

namespace Moderato.Statistics.Drift;

/// <summary>
/// How well a classifier of "current or reference?" tells them apart on rows that it was not fitted to: ½ when it cannot.
/// </summary>
/// <param name="Auc">P(current row scored above reference row), ties half.</param>
/// <param name="NullStandardError">√((n + m + 1)/12nm) when nothing differs; without tie correction, so ties make it conservative.</param>
/// <param name="Z">(AUC − ½)/NullStandardError.</param>
/// <param name="PValue">P(Z ≥ z): only an AUC above ½ tells them apart.</param>
/// <param name="StandardError">By DeLong's variance (1988).</param>
/// <param name="Interval">AUC ± z · StandardError, clipped to [0,1].</param>
public sealed record DomainAuc(double Auc, double NullStandardError, double Z, double PValue, double StandardError, Interval Interval)
{
    /// <exception cref="ArgumentException">A side is empty or holds NaN.</exception>
    public static DomainAuc Of(ReadOnlySpan<double> reference, ReadOnlySpan<double> current, double confidence = .95)
    {
        var x = Sample.Of(current, default, nameof(current));
        var y = Sample.Of(reference, default, nameof(reference));
        double n = x.Total, m = y.Total, u = 0, squaresX = 0, squaresY = 0, beforeX = 0, beforeY = 0;
        for (var steps = new SampleSteps(x, y); steps.Next();)
        {
            double ofX = steps.MassX - beforeX, ofY = steps.MassY - beforeY;

            // DeLong's placements: the share of the other side that a value beats.
            double placeX = (beforeY + (ofY / 2)) / m, placeY = (n - beforeX - (ofX / 2)) / n;
            u += ofX * placeX;
            squaresX += ofX * placeX * placeX;
            squaresY += ofY * placeY * placeY;
            (beforeX, beforeY) = (steps.MassX, steps.MassY);
        }

        double auc = u / n, nullError = Math.Sqrt((n + m + 1) / (12 * n * m)), z = (auc - .5) / nullError;
        double error = Math.Sqrt(Spread(squaresX, n, auc) + Spread(squaresY, m, auc));
        double half = NormalDistribution.TwoSidedQuantile(confidence) * error;
        return new(auc, nullError, z, NormalDistribution.UpperTail(z), error, new(Math.Max(0, auc - half), Math.Min(1, auc + half)));
    }

    /// <summary>Sample variance of the placements over their count; ¼ for a single one, which says nothing of its spread.</summary>
    private static double Spread(double squares, double count, double mean) =>
        count < 2 ? .25 : Math.Max(0, squares - (count * mean * mean)) / (count - 1) / count;
}
