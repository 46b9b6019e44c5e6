namespace Moderato.Statistics.Curves;

/// <summary>Weighted mean of −ln p(y), in nats; p is clipped to [2⁻⁵², 1 − 2⁻⁵²] as scikit-learn does, so a certain error costs 36.</summary>
public static class LogLoss
{
    private const double Epsilon = 1.0 / (1L << 52);

    /// <exception cref="ArgumentException">A score is outside [0,1].</exception>
    public static Outcome<double> Of(ScoreLevels levels) => Outcome.UnlessNaN(
        BrierScore.MeanLoss(levels, (p, isPositive) => -Math.Log(Clip(isPositive ? p : 1 - p))), BrierScore.Empty);

    private static double Clip(double p) => Math.Clamp(p, Epsilon, 1 - Epsilon);
}
