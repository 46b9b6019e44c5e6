using Moderato.Decisions;

namespace Moderato.Releases;

/// <summary>A verdict over all categories of a release.</summary>
/// <param name="Category">Which category's scores gave it, as an index into <see cref="Cascade.Categories"/>; <see cref="NotJudged"/> when no category could be judged.</param>
public readonly record struct CascadeVerdict(Verdict Verdict, int Category)
{
    public const int NotJudged = -1;
}

/// <summary>What a cascade decided on one content.</summary>
/// <param name="Category">The category that gave the verdict; null when none could be judged, and a person has to look.</param>
/// <param name="Scores">By category; one that could not be judged is absent.</param>
/// <param name="Tier">The tier that decided.</param>
public sealed record CascadeDecision(Verdict Verdict, string? Category, IReadOnlyDictionary<string, double> Scores, string Tier);
