using Moderato.Statistics.Curves;

namespace Moderato.Statistics.Calibration;

/// <summary>Expected calibration error and its kin over one binning.</summary>
/// <param name="Ece">Σ (n_b/N) |ȳ_b − s̄_b|. Biased upward, most for calibrated scores.</param>
/// <param name="Largest">The largest gap.</param>
/// <param name="Squared">Σ (n_b/N) (ȳ_b − s̄_b)².</param>
/// <param name="DebiasedSquared">
/// Σ (n_b/N) [(ȳ_b − s̄_b)² − ȳ_b(1 − ȳ_b)/(n_b − 1)], bins of one row left out (Kumar, Liang and Ma 2019); may be negative.
/// </param>
/// <param name="Bins">Bins that hold a row.</param>
public sealed record CalibrationError(double Ece, double Largest, double Squared, double DebiasedSquared, int Bins)
{
    /// <summary>√max(0, <see cref="DebiasedSquared"/>): in the unit of a probability.</summary>
    public double Debiased => Math.Sqrt(Math.Max(0, DebiasedSquared));

    /// <returns>Undefined when no row has weight.</returns>
    /// <exception cref="ArgumentException">A score is outside [0,1].</exception>
    public static Outcome<CalibrationError> Of(
        LabelledScores rows, int bins, ReliabilityBinning binning = ReliabilityBinning.EqualMassQuantiles) =>
        Of(ReliabilityCurve.Of(rows, bins, binning));

    internal static Outcome<CalibrationError> Of(IReadOnlyList<Reliability> curve)
    {
        double mass = 0, ece = 0, largest = 0, squared = 0, debiased = 0;
        foreach (var bin in curve)
        {
            double gap = Math.Abs(bin.Observed - bin.MeanScore);
            mass += bin.Mass;
            ece += bin.Mass * gap;
            squared += bin.Mass * gap * gap;
            largest = Math.Max(largest, gap);
            debiased += double.IsNaN(bin.ObservedVariance) ? 0 : bin.Mass * ((gap * gap) - bin.ObservedVariance);
        }

        return mass == 0
            ? Outcome.Undefined<CalibrationError>(BrierScore.Empty)
            : Outcome.Defined(new CalibrationError(ece / mass, largest, squared / mass, debiased / mass, curve.Count));
    }
}
