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
    public static DriftFinding Of(ShiftFinding shift, IReadOnlyList<NotAssessed> notAssessed) =>
        new(shift.Text, shift.Score, shift.Columns, shift.Attribution, shift.Bursts, shift.Floods, notAssessed);
}
