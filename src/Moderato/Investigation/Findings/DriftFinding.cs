namespace Moderato.Investigation.Findings;

/// <summary>What <c>drift --json</c> prints: the object <c>shift</c> of an investigation, and what could not be assessed.</summary>
public sealed record DriftFinding(
    TextShift? Text,
    ScoreShift? Score,
    IReadOnlyList<ColumnShift> Columns,
    FprAttribution? Attribution,
    IReadOnlyList<Burst> Bursts,
    IReadOnlyList<Flood> Floods,
    IReadOnlyList<NotAssessed> NotAssessed)
{
    /// <summary>Whether a guarantee that <c>tune</c> made on the reference holds for this content; null without a reference.</summary>
    public GuaranteeStanding? Guarantee { get; init; }

    public static DriftFinding Of(ShiftFinding shift, IReadOnlyList<NotAssessed> notAssessed, GuaranteeStanding? guarantee) =>
        new(shift.Text, shift.Score, shift.Columns, shift.Attribution, shift.Bursts, shift.Floods, notAssessed) { Guarantee = guarantee };
}

/// <param name="EndedOn">The first day that is not like the reference; null where none stands out.</param>
public sealed record GuaranteeStanding(bool Holds, string Why, DateOnly? EndedOn);
