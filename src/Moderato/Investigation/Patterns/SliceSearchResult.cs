using Moderato.Investigation.Findings;

namespace Moderato.Investigation.Patterns;

/// <param name="Slices">Those that held on the testing half, the largest part of the excess first.</param>
/// <param name="Tested">How many were tested: what the false discovery rate is over.</param>
/// <param name="NotAssessed">Why nothing could be looked for, where that is so.</param>
public sealed record SliceSearchResult(
    IReadOnlyList<SliceFinding> Slices, int Tested, IReadOnlyList<NotAssessed> NotAssessed)
{
    /// <summary>SliceLine's exact top k; null where they were not asked for or nothing could be looked for.</summary>
    public IReadOnlyList<TopSlice>? Top { get; init; }
}
