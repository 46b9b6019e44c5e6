using Moderato.Investigation.Findings;
using Moderato.Investigation.Report;
using Moderato.Pictures;
using Moderato.Statistics.Intervals;

namespace Moderato.Investigation.Planning;

/// <summary>What is left where scores stand on a few steps: no threshold lies between two of them, so the scores have to be made to differ.</summary>
public static class FinerScores
{
    private const string Why = "not measurable on this log: the scores that would differ are not in it";

    /// <returns>Null where the scores can be cut anywhere.</returns>
    public static Remedy? Of(ScoreSteps? resolution) => resolution is not { IsCoarse: true } ? null : new(
        Horizons.Medium, "make the scores differ",
        $"{Share(resolution)} A threshold takes a whole step or nothing of it{Meaning(resolution)}. Take the score from where it has digits (the probability of the verdict's token, or the share of several answers) and calibrate it; what stands wrongly on one step is parted by examples and by the text of the policy, not by a cut.",
        new Change.Unknown(Why), new Change.Unknown(Why), new Change.Unknown(Why));

    /// <summary>Where a cut may stand without deciding otherwise; empty where scores lie on both sides close by.</summary>
    public static string SameCuts(ScoreSteps? resolution, double cut) =>
        resolution?.Gaps.FirstOrDefault(gap => gap.ShareOfFlags == 0 && gap.Above < cut && cut <= gap.UpTo) is { } empty
            ? $" No score lies between {Numbers.Cut(empty.Above)} and {Numbers.Cut(empty.UpTo)}: any cut there does the same."
            : "";

    private static string Share(ScoreSteps resolution) =>
        $"{Numbers.Percent(resolution.ShareOfFlags)} of the flagged contents are scored {Sentences.Scores(resolution.Steps)}.";

    private static string Meaning(ScoreSteps resolution)
    {
        string[] known = [.. resolution.Steps.Where(step => step.Violating is Rate.Known).TakeLast(3)
            .Select(step => $"of what is scored {Numbers.Cut(step.Score)}, {Numbers.Rate(step.Violating)} violates")];
        return known.Length == 0 ? "" : $" ({string.Join("; ", known)})";
    }
}
