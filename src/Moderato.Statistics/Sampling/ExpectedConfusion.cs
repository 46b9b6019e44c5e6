using Moderato.Statistics.Curves;

namespace Moderato.Statistics.Sampling;

/// <summary>
/// The confusion that the probabilities themselves expect: FP̂ = Σ over flagged of 1 − p, FN̂ = Σ over the rest of p. Right only
/// while p is calibrated: a control variate for an audit, never an alert value (it fails exactly when P(Y|X) moves).
/// </summary>
public static class ExpectedConfusion
{
    /// <exception cref="ArgumentException">A probability is NaN or outside [0,1].</exception>
    public static Confusion At(ReadOnlySpan<double> probabilities, double threshold)
    {
        double tp = 0, fp = 0, fn = 0, tn = 0;
        foreach (double p in probabilities)
        {
            if (!(p is >= 0 and <= 1))
            {
                throw new ArgumentException("A probability lies in [0,1].", nameof(probabilities));
            }

            if (p >= threshold)
            {
                tp += p;
                fp += 1 - p;
            }
            else
            {
                fn += p;
                tn += 1 - p;
            }
        }

        return new(tp, fp, fn, tn);
    }
}
