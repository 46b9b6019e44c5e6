namespace Moderato.Statistics.Calibration;

/// <summary>
/// Maximum likelihood of σ(slope·x + intercept) on targets in [0,1], by Newton's method with halved steps. x is standardised
/// inside, so scores in the hundreds fit as well as scores in [0,1].
/// </summary>
/// <param name="SlopeVariance">Sandwich A⁻¹BA⁻¹ with B = Σ w²(p − y)² xxᵀ: right for weights 1/π, where the inverse information is not.</param>
internal readonly record struct LogisticFit(
    double Slope, double Intercept, double SlopeVariance, double InterceptVariance, bool Converged)
{
    private const int MostSteps = 200;

    /// <summary>Above this the likelihood has no maximum in practice: the classes separate.</summary>
    private const double Runaway = 1e4;

    public static LogisticFit Of(ReadOnlySpan<double> x, ReadOnlySpan<double> targets, ReadOnlySpan<double> weights)
    {
        double mass = 0, mean = 0, level = 0;
        for (int i = 0; i < x.Length; i++)
        {
            mass += weights[i];
            mean += weights[i] * x[i];
            level += weights[i] * targets[i];
        }

        mean /= mass;
        level /= mass;
        double variance = 0;
        for (int i = 0; i < x.Length; i++)
        {
            variance += weights[i] * (x[i] - mean) * (x[i] - mean);
        }

        // With equal scores only the intercept is known; the slope stays 0.
        double scale = variance > 0 ? Math.Sqrt(variance / mass) : 1;
        double a = 0, b = Math.Log(level / (1 - level));
        double loss = Loss(x, targets, weights, mean, scale, a, b);
        bool converged = false;
        double aa = 0, ab = 0, bb = 0;
        for (int step = 0; step < MostSteps && !converged && Math.Abs(a) < Runaway; step++)
        {
            double ga = 0, gb = 0;
            aa = ab = bb = 0;
            for (int i = 0; i < x.Length; i++)
            {
                double z = (x[i] - mean) / scale;
                double p = Sigmoid((a * z) + b);
                double error = weights[i] * (p - targets[i]), information = weights[i] * p * (1 - p);
                ga += error * z;
                gb += error;
                aa += information * z * z;
                ab += information * z;
                bb += information;
            }

            double determinant = (aa * bb) - (ab * ab);
            bool slopeKnown = determinant > 1e-14 * aa * bb;
            double da = slopeKnown ? ((bb * ga) - (ab * gb)) / determinant : 0;
            double db = slopeKnown ? ((aa * gb) - (ab * ga)) / determinant : gb / bb;
            double size = 1, next;
            while ((next = Loss(x, targets, weights, mean, scale, a - (size * da), b - (size * db))) > loss + (1e-12 * Math.Abs(loss)) && size > 1e-6)
            {
                size /= 2;
            }

            a -= size * da;
            b -= size * db;
            loss = next;
            converged = Math.Max(Math.Abs(da), Math.Abs(db)) < 1e-13 * (1 + Math.Max(Math.Abs(a), Math.Abs(b)));
        }

        // Back from z = (x − mean)/scale: slope a/scale, intercept b − slope·mean.
        double shift = mean / scale, inverse = 1 / ((aa * bb) - (ab * ab)), slopeVariance = 0, interceptVariance = 0;
        for (int i = 0; i < x.Length; i++)
        {
            double z = (x[i] - mean) / scale;
            double error = weights[i] * (Sigmoid((a * z) + b) - targets[i]);
            double toSlope = ((bb * z) - ab) * inverse * error, toLevel = (aa - (ab * z)) * inverse * error;
            slopeVariance += toSlope * toSlope;
            interceptVariance += (toLevel - (shift * toSlope)) * (toLevel - (shift * toSlope));
        }

        return new(a / scale, b - (a * shift), slopeVariance / (scale * scale), interceptVariance, converged);
    }

    internal static double Sigmoid(double z) => z >= 0 ? 1 / (1 + Math.Exp(-z)) : Math.Exp(z) / (1 + Math.Exp(z));

    /// <summary>ln(1 + eᶻ) without overflow.</summary>
    internal static double Softplus(double z) => Math.Max(z, 0) + Math.Log(1 + Math.Exp(-Math.Abs(z)));

    private static double Loss(
        ReadOnlySpan<double> x, ReadOnlySpan<double> targets, ReadOnlySpan<double> weights, double mean, double scale, double a, double b)
    {
        double loss = 0;
        for (int i = 0; i < x.Length; i++)
        {
            double z = (a * ((x[i] - mean) / scale)) + b;
            loss += weights[i] * (Softplus(z) - (targets[i] * z));
        }

        return loss;
    }
}
