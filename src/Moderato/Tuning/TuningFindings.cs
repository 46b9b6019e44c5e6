using System.Text.Json.Serialization;
using Moderato.Statistics.Intervals;

namespace Moderato.Tuning;

/// <summary>What <c>tune --json</c> prints (CONTRACT).</summary>
/// <param name="ImpliedExchangeRate">Wrongful removals that today's cuts accept for one missed violation; null where it is not known.</param>
/// <param name="Best">Chosen on all labels; its changes and harm are cross-fitted. Null without costs or labels.</param>
/// <param name="Frontier">Cuts and harm on the labels that choose them, so that more capacity never costs more.</param>
public sealed record TuningFindings(
    HarmCosts? Costs,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] double? ImpliedExchangeRate,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] double? CapacityPerDay,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] Choice? Current,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] Choice? Best,
    IReadOnlyList<CurvePoint> Curve,
    IReadOnlyList<FrontierPoint> Frontier,
    GuaranteeFinding? Guarantee,
    string Statement)
{
    /// <summary>The category tuned; empty when the log names none.</summary>
    public required string Category { get; init; }

    /// <summary>Limits of <see cref="ImpliedExchangeRate"/>; the upper one null where no finite one is known.</summary>
    public ExchangeRateLimits? ImpliedExchangeRateLimits { get; init; }

    /// <summary>How sure <see cref="Best"/> is; null without costs or labels.</summary>
    public OptimumFinding? Optimum { get; init; }

    /// <summary>Harm that one more review a day would save at the capacity asked for; null without one.</summary>
    public double? ShadowPrice { get; init; }

    /// <summary>Share of the reviews that end in the wrong verdict, as stated.</summary>
    public double ReviewerError { get; init; }

    /// <summary>The contents nearest to today's cuts: what one more step would decide otherwise.</summary>
    public IReadOnlyList<MarginalContent> AtTheMargin { get; init; } = [];

    public required ScoreResolution Resolution { get; init; }

    public IReadOnlyList<NotTuned> NotAssessed { get; init; } = [];

    /// <summary>The file's other categories; empty where there is one.</summary>
    public IReadOnlyList<TuningFindings> Others { get; init; } = [];
}

/// <summary>harm = FalsePositive · FP + FalseNegative · FN + Review · reviews; set by the policy's owner, never by default.</summary>
/// <param name="Review">Null: no queue is considered, the two cuts are one threshold.</param>
public sealed record HarmCosts(
    double FalsePositive, double FalseNegative,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] double? Review);

public sealed record ExchangeRateLimits(double Low, double? High);

/// <param name="Label">Truth where it is labelled.</param>
public sealed record MarginalContent(string Id, double Score, int? Label);

/// <param name="DistinctScores">Distinct scores among the current contents.</param>
/// <param name="Gaps">Where the scores have few values: between which no threshold makes a difference.</param>
public sealed record ScoreResolution(int DistinctScores, IReadOnlyList<ScoreGap> Gaps);

/// <summary>No score lies between: every cut in (Above, UpTo] decides alike.</summary>
public sealed record ScoreGap(double Above, double UpTo);

public sealed record NotTuned(string What, string Why);

/// <summary>A pair of cuts (null = never) and what it does relative to today.</summary>
/// <param name="Harm">Harm a day (over the log where no daily volume is known), cross-fitted where the cuts were chosen on the labels; null without costs.</param>
/// <param name="ReviewsPerDay">Null where no daily volume is known.</param>
public sealed record Choice(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] double? ReviewFrom,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] double? BlockFrom,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] double? Harm,
    Change FalsePositives,
    Change FalseNegatives,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] double? ReviewsPerDay)
{
    /// <summary>Which cuts differ from today's: none, both, block or review; null where today's are not known.</summary>
    public string? Cuts { get; init; }

    /// <summary>From all labels, as the curve's.</summary>
    public required Rate Fpr { get; init; }

    public required Rate Fnr { get; init; }

    public required Rate Precision { get; init; }

    /// <summary>Share of the contents that people review.</summary>
    public required double ReviewShare { get; init; }

    /// <summary>Share of the contents that are blocked.</summary>
    public required double FlagShare { get; init; }

    /// <summary>Reviews on a middling, a busy and the busiest day of the log; null where it has fewer than five days.</summary>
    public ReviewDays? ReviewDays { get; init; }
}

/// <summary>Reviews a day over the days of the log: half of the days need at most <paramref name="Median"/>, 19 of 20 at most <paramref name="Busy"/>.</summary>
public sealed record ReviewDays(int Days, double Median, double Busy, double Busiest);

/// <summary>What as many labels, drawn from these by cluster, would have chosen instead of the best cuts.</summary>
/// <param name="Harm">A day, on the labels that chose the cuts: too low by what choosing gains.</param>
/// <param name="OtherwiseShare">Share of the resamples whose cuts lie .01 or more from the best.</param>
/// <param name="Regret">What the best cuts cost more, a day, than those of the resample, on the resample.</param>
/// <param name="ReviewFromLimits">Where 95% of the resamples put the lower cut.</param>
public sealed record OptimumFinding(
    double Harm, int Resamples, double OtherwiseShare, Regret Regret, CutLimits ReviewFromLimits, CutLimits BlockFromLimits);

/// <param name="Mean">Over the resamples.</param>
/// <param name="High">19 of 20 resamples have less.</param>
public sealed record Regret(double Mean, double High);

/// <param name="Low">Null: never.</param>
/// <param name="High">Null: never.</param>
public sealed record CutLimits(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] double? Low,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] double? High);

/// <param name="Cuts">Which cuts move: both, block or review.</param>
/// <param name="ReviewsPerDay">Null where no daily volume is known.</param>
public sealed record CurvePoint(
    string Cuts,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] double? ReviewFrom,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] double? BlockFrom,
    Rate Fpr,
    Rate Fnr,
    Rate Precision,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] double? ReviewsPerDay)
{
    /// <summary>Share of the contents that people review.</summary>
    public required double ReviewShare { get; init; }

    /// <summary>Share of the contents that are blocked.</summary>
    public required double FlagShare { get; init; }
}

/// <summary>What a review capacity is worth.</summary>
public sealed record FrontierPoint(
    double CapacityPerDay,
    double Harm,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] double? ReviewFrom,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] double? BlockFrom)
{
    /// <summary>Harm that one more review a day would save from here on: the steepest way down to any larger capacity.</summary>
    public double ShadowPrice { get; init; }
}

/// <param name="Target">"fnr&lt;=0.05".</param>
/// <param name="Confidence">1 − δ.</param>
/// <param name="Choice">Null when no threshold qualifies.</param>
/// <param name="Why">Why it is infeasible or was refused.</param>
public sealed record GuaranteeFinding(string Target, double Confidence, bool Feasible, Choice? Choice, string? Why)
{
    /// <summary>The contents for which it holds; null where there is none.</summary>
    public GuaranteeWindow? HoldsFor { get; init; }
}

/// <summary>A guarantee holds for content like that from which its labels were drawn; <c>drift</c> says when that ends.</summary>
/// <param name="From">First time of the window; null where the log has none.</param>
/// <param name="Contents">Contents of the window.</param>
/// <param name="Labelled">Labelled ones.</param>
public sealed record GuaranteeWindow(DateTimeOffset? From, DateTimeOffset? To, long Contents, long Labelled);

/// <summary>Which cuts a statement about thresholds moves.</summary>
public static class MovingCuts
{
    public const string Both = "both";
    public const string Block = "block";
    public const string Review = "review";
    public const string None = "none";

    public static string Between(Decisions.Cuts today, Decisions.Cuts then) => (today.BlockBin != then.BlockBin, today.ReviewBin != then.ReviewBin) switch
    {
        (true, true) => Both,
        (true, false) => Block,
        (false, true) => Review,
        _ => None,
    };
}
