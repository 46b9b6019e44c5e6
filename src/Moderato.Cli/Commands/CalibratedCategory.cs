using System.Text.Json.Serialization;
using Moderato.Decisions;
using Moderato.Improvement.Calibrating;
using Moderato.Releases;

namespace Moderato.Cli.Commands;

/// <summary>What calibrating a tier came to for one category.</summary>
/// <param name="Band">Null when it is not asked about.</param>
/// <param name="HarmBefore">Of a content, without the tier, on contents that neither chose nor fitted.</param>
internal sealed record CalibratedCategory(
    string Category, string Statement, EscalationBand? Band, [property: JsonIgnore] TierCalibration? Calibration, TierCalibrationReport? Report, double? AskedShare, double? HarmBefore, double? HarmAfter)
{
    public static CalibratedCategory Of(string category, string tier, IReadOnlyList<TierRow> rows, Cuts cuts, CalibrateCommand.Plan plan)
    {
        var parts = CalibrationParts.Of(tier, rows, plan.Prior);
        return TierCalibrationFit.Of(tier, parts) switch
        {
            TierCalibrationOutcome.NotEnoughLabels few => Not($"not calibrated: {few.Why}, label about {3 * few.Additional} more"),
            TierCalibrationOutcome.KnowsNothing nothing => Not(FormattableString.Invariant($"not asked: its score does not rise with what violates (weight {nothing.Weight:F2})")),
            TierCalibrationOutcome.Fitted fitted => Asked(category, parts, fitted, cuts, plan),
            _ => throw new InvalidOperationException("An outcome is one of the three."),
        };

        CalibratedCategory Not(string why) => new(category, why, null, null, null, null, null, null);
    }

    private static CalibratedCategory Asked(string category, CalibrationParts parts, TierCalibrationOutcome.Fitted fitted, Cuts cuts, CalibrateCommand.Plan plan)
    {
        string rests = fitted.Calibration.Combined is null ? "on its score alone" : "on its score and the first tier's";
        if (plan.Costs is not { } costs)
        {
            return new(category, $"{rests}, asked from {plan.Band!.From} to {plan.Band.To}", plan.Band, fitted.Calibration, fitted.Report, null, null, null);
        }

        var outcome = plan.Band is { } band
            ? new EscalationBandOutcome.Chosen(band, EscalationBandChoice.Report(parts.Report, fitted.Calibration, cuts, costs, band))
            : EscalationBandChoice.Of(parts, fitted.Calibration, cuts, costs);
        return outcome is EscalationBandOutcome.Chosen chosen
            ? new(
                category, FormattableString.Invariant($"{rests}, asked from {chosen.Band.From:F4} to {chosen.Band.To:F4}, harm of a content {chosen.Report.HarmBefore:F4} → {chosen.Report.HarmAfter:F4}"),
                chosen.Band, fitted.Calibration, fitted.Report, chosen.Report.AskedShare, chosen.Report.HarmBefore, chosen.Report.HarmAfter)
            : new(category, "not asked: at these costs it is worth no more than chance", null, null, fitted.Report, 0, null, null);
    }
}
