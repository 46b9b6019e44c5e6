using System.Text.Json.Serialization;
using Moderato.Statistics.Curves;

namespace Moderato.Decisions;

/// <summary>
/// The two thresholds of a category: safe below <paramref name="ReviewFrom"/>, violating from <paramref name="BlockFrom"/>,
/// borderline between. Null means never. Without <paramref name="ReviewFrom"/> there is no queue: the two cuts are
/// one threshold and move together.
/// </summary>
public sealed record Cuts(double? ReviewFrom, double? BlockFrom)
{
    [JsonIgnore]
    public bool HasQueue => ReviewFrom is { } review && (BlockFrom is not { } block || review < block);

    /// <summary>First bin that is not safe; <see cref="ScoreBin.Count"/> when nothing ever is.</summary>
    [JsonIgnore]
    public int ReviewBin => Math.Min(ReviewFrom is { } cut ? ScoreBin.Of(cut) : ScoreBin.Count, BlockBin);

    /// <summary>First bin that is violating; <see cref="ScoreBin.Count"/> when nothing ever is.</summary>
    [JsonIgnore]
    public int BlockBin => BlockFrom is { } cut ? ScoreBin.Of(cut) : ScoreBin.Count;

    [JsonIgnore]
    public CutBins Bins => new(ReviewBin, BlockBin);

    public Verdict Decide(double score) => Bins.Decide(ScoreBin.Of(score));
}

/// <summary>The cuts as bins: <see cref="Cuts.ReviewBin"/> and <see cref="Cuts.BlockBin"/>.</summary>
public readonly record struct CutBins(int ReviewBin, int BlockBin)
{
    public Verdict Decide(int bin) => bin >= BlockBin ? Verdict.Violating : bin >= ReviewBin ? Verdict.Borderline : Verdict.Safe;
}
