using System.Text.Json.Serialization;
using Moderato.Statistics.Intervals;

namespace Moderato.Improvement.Evaluation;

/// <summary>What <c>evaluate --json</c> prints (CONTRACT).</summary>
/// <param name="Release">The release's id, or which recorded scores were measured.</param>
public sealed record EvaluationFindings(string Release, IReadOnlyList<SetFinding> Sets)
{
    /// <summary>What the bars of a gate came to, where one was given.</summary>
    public IReadOnlyList<GateOutcome>? Gate { get; init; }
}

/// <summary>How well one category is judged on one labelled set.</summary>
/// <param name="N">Rows with a label of the category and a score.</param>
/// <param name="Threshold">The single cut from which a content counts as flagged; null when it is never.</param>
/// <param name="TprAtFpr05">Highest TPR of any threshold whose FPR is at most 5%.</param>
/// <param name="Ece">Plain, biased upward: at 1% violating, always answering 0 scores .01.</param>
public sealed record SetFinding(
    string Set, string Category, long N, long Positives,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] double? Threshold,
    Rate MacroF1, Rate AveragePrecision, Rate RocAuc, Rate TprAtFpr05, Rate Fpr, Rate Fnr, Rate Ece,
    IReadOnlyList<GroupFinding> Groups)
{
    /// <summary>Rows with a label that the release did not judge: not fit for their language. They are in no figure.</summary>
    public long NotJudged { get; init; }

    /// <summary>Calibration error without the bias of plain ECE, in the unit of a probability.</summary>
    public required Rate DebiasedEce { get; init; }

    /// <summary>Of the logistic recalibration: 1 where scores are neither too extreme nor too timid.</summary>
    public required Rate CalibrationSlope { get; init; }

    /// <summary>The share of violating contents that the release's scores state; null for scores of another system, which state none.</summary>
    public double? StatedPrior { get; init; }
}

public sealed record GroupFinding(string By, string Value, long N, Rate MacroF1, Rate Fpr, Rate Fnr);
