using Moderato.Decisions;

namespace Moderato.Improvement.Evaluation;

/// <summary>Labelled rows of one set and category as a release, or another system, scored them.</summary>
public sealed record EvaluatedRows
{
    public required string Set { get; init; }

    public required string Category { get; init; }

    /// <summary>In [0,1].</summary>
    public required double[] Scores { get; init; }

    public required bool[] Violating { get; init; }

    /// <summary>The decision at the cut, which may differ by language and surface.</summary>
    public required bool[] Flagged { get; init; }

    /// <summary>The cut where there are no exceptions; null when nothing is ever flagged.</summary>
    public double? Threshold { get; init; }

    /// <summary>The share of violating contents at which the scores are probabilities; null where none is stated.</summary>
    public double? StatedPrior { get; init; }

    /// <summary>Author or other cluster of each row; null where rows are independent.</summary>
    public CodedColumn? Clusters { get; init; }

    /// <summary>What to group by.</summary>
    public RowGroups? Groups { get; init; }

    public long NotJudged { get; init; }
}

/// <summary>Which groups rows are in: none, one or several each.</summary>
/// <param name="Values">The group of each entry.</param>
/// <param name="Rows">The row of each entry.</param>
public sealed record RowGroups(CodedColumn Values, int[] Rows);
