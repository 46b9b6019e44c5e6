namespace Moderato.Decisions;

/// <summary>What was decided on a content: <c>violating</c> counts as flagged, <c>borderline</c> waits for a person.</summary>
public enum Verdict : byte
{
    Safe,
    Borderline,
    Violating,
}
