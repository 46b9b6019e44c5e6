using Moderato.Decisions;

namespace Moderato.Releases;

/// <summary>For the night something breaks: in one category, by language or surface or everywhere, no verdict is worse than this.</summary>
/// <param name="AtMost"><see cref="Verdict.Borderline"/>: what was blocked goes to review. <see cref="Verdict.Safe"/>: the category decides nothing.</param>
public sealed record ThresholdOverride(string Category, string? Language, string? Surface, Verdict AtMost)
{
    /// <exception cref="ArgumentException">It would let content be blocked that it is to spare.</exception>
    public CategoryThresholds Of(CategoryThresholds thresholds)
    {
        if (AtMost == Verdict.Violating)
        {
            throw new ArgumentException("Violating is the worst verdict: an override to it spares nothing.", nameof(thresholds));
        }

        var exceptions = thresholds.Exceptions.Select(exception => Covers(exception) ? exception with { Cuts = Of(exception.Cuts) } : exception).ToList();
        if (Language is null && Surface is null)
        {
            return thresholds with { Cuts = Of(thresholds.Cuts), Exceptions = exceptions };
        }

        // First, since of two that name as much of a content the first holds.
        exceptions.RemoveAll(exception => exception.Language == Language && exception.Surface == Surface);
        return thresholds with { Exceptions = [new() { Language = Language, Surface = Surface, Cuts = Of(thresholds.For(Language, Surface)) }, .. exceptions] };
    }

    private Cuts Of(Cuts cuts) => AtMost == Verdict.Safe ? new(null, null) : new(cuts.ReviewFrom ?? cuts.BlockFrom, null);

    private bool Covers(ThresholdException exception) =>
        (Language is null || exception.Language == Language) && (Surface is null || exception.Surface == Surface);
}
