using Moderato.Statistics.Curves;

namespace Moderato.Tuning;

/// <summary>How finely the scores can be cut.</summary>
internal static class Resolutions
{
    /// <summary>More distinct scores than this can be cut about anywhere.</summary>
    public const int Few = 50;

    public static ScoreResolution Of(TuningRows rows)
    {
        int[] scored = [.. Enumerable.Range(0, ScoreBin.Count).Where(bin => rows.Contents[bin] > 0)];
        return new(scored.Length, scored.Length > Few
            ? []
            : [.. scored.Zip(scored.Skip(1), (above, upTo) => new ScoreGap(ScoreBin.Cut(above), ScoreBin.Cut(upTo))).Where(gap => gap.UpTo - gap.Above > .00015)]);
    }
}
