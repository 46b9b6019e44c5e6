using Moderato.Statistics.Curves;

namespace Moderato.Statistics.Calibration;

/// <summary>
/// Brier = MCB − DSC + UNC by isotonic recalibration (Dimitriadis, Gneiting and Jordan 2021): no bins to choose.
/// </summary>
/// <param name="Miscalibration">MCB: what a monotone map of the scores would save.</param>
/// <param name="Discrimination">DSC: what the ranking is worth against always answering the base rate.</param>
/// <param name="Uncertainty">UNC: the Brier score of always answering the base rate.</param>
/// <param name="Map">The recalibration, which is the CORP reliability diagram.</param>
public sealed record CorpDecomposition(
    double Brier, double Miscalibration, double Discrimination, double Uncertainty, IsotonicMap Map)
{
    /// <returns>Undefined when no row has weight.</returns>
    /// <exception cref="ArgumentException">A score is outside [0,1].</exception>
    public static Outcome<CorpDecomposition> Of(LabelledScores rows)
    {
        rows.CheckProbabilities();
        if (IsotonicMap.Fit(rows) is not Outcome<IsotonicMap>.Defined(var map))
        {
            return Outcome.Undefined<CorpDecomposition>(BrierScore.Empty);
        }

        var levels = ScoreLevels.Of(rows);
        double positives = levels.Positive.Sum(), mass = positives + levels.Negative.Sum();
        double share = positives / mass, uncertainty = share * (1 - share);
        double brier = BrierScore.MeanLoss(levels, Squared);
        double after = BrierScore.MeanLoss(levels, (p, isPositive) => Squared(map.Apply(p), isPositive));
        return Outcome.Defined(new CorpDecomposition(brier, brier - after, uncertainty - after, uncertainty, map));
    }

    private static double Squared(double p, bool isPositive) => isPositive ? (1 - p) * (1 - p) : p * p;
}
