namespace Moderato.Decisions.Counting;

/// <summary>What decisions are counted by.</summary>
/// <param name="Hour">Whole hours since 1970, UTC.</param>
/// <param name="Category">Empty for decisions that no category gave.</param>
/// <param name="Surface">Empty where none was named; of <see cref="NamedSurfaces"/>.</param>
/// <param name="Bin">Coarse bin of the category's score, 0 to <see cref="CoarseBin.Count"/> − 1; <see cref="CoarseBin.None"/> where there is no score.</param>
public readonly record struct CountCell(
    int Workspace, int Hour, string Release, string Category, string Language, string Surface, string Tier, int Bin);

/// <summary>
/// How many contents have a score in the cell, and how many of the verdicts were given by the cell's category at that score: over
/// all cells the verdicts add up to the decisions, the scored to contents times categories judged.
/// </summary>
public readonly record struct CellCounts(long Scored, long Safe, long Borderline, long Violating)
{
    public static CellCounts operator +(CellCounts one, CellCounts other) =>
        new(one.Scored + other.Scored, one.Safe + other.Safe, one.Borderline + other.Borderline, one.Violating + other.Violating);

    public static CellCounts Of(Verdict verdict) => verdict switch
    {
        Verdict.Safe => new(0, 1, 0, 0),
        Verdict.Borderline => new(0, 0, 1, 0),
        _ => new(0, 0, 0, 1),
    };
}

/// <summary>The scores of one category under one release on one day, in all 10,001 bins.</summary>
/// <param name="Day">Whole days since 1970, UTC.</param>
public readonly record struct HistogramKey(int Workspace, int Day, string Release, string Category);

/// <summary>40 bins of .025, the last with 1 in it.</summary>
public static class CoarseBin
{
    public const int Count = 40;

    /// <summary>The bin of what has no score.</summary>
    public const int None = -1;

    private const int Width = 250;

    public static int Of(int scoreBin) => Math.Min(scoreBin / Width, Count - 1);
}
