using System.Text.Json.Serialization;
using Moderato.Statistics.Intervals;

namespace Moderato.Tuning;

/// <summary>What <c>tune --json</c> prints (CONTRACT).</summary>
public sealed record TuningFindings(
    HarmCosts? Costs,
    double? ImpliedExchangeRate,
    double? CapacityPerDay,
    Choice? Current,
    Choice? Best,
    IReadOnlyList<CurvePoint> Curve,
    IReadOnlyList<FrontierPoint> Frontier,
    GuaranteeFinding? Guarantee,
    string Statement);

/// <summary>harm = FalsePositive · FP + FalseNegative · FN + Review · reviews; set by the policy's owner, never by default.</summary>
public sealed record HarmCosts(double FalsePositive, double FalseNegative, double Review);

/// <summary>A pair of cuts (null = never) and what it does relative to today.</summary>
public sealed record Choice(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] double? ReviewFrom,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] double? BlockFrom,
    double? Harm,
    Change FalsePositives,
    Change FalseNegatives,
    double ReviewsPerDay);

/// <param name="Cuts">Which cuts move: both, block or review.</param>
public sealed record CurvePoint(
    string Cuts,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] double? ReviewFrom,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] double? BlockFrom,
    Rate Fpr,
    Rate Fnr,
    Rate Precision,
    double ReviewsPerDay);

/// <summary>What a review capacity is worth.</summary>
public sealed record FrontierPoint(
    double CapacityPerDay,
    double Harm,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] double? ReviewFrom,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] double? BlockFrom);

/// <param name="Target">"fnr&lt;=0.05".</param>
/// <param name="Confidence">1 − δ.</param>
/// <param name="Choice">Null when no threshold qualifies.</param>
/// <param name="Why">Why it is infeasible or was refused.</param>
public sealed record GuaranteeFinding(string Target, double Confidence, bool Feasible, Choice? Choice, string? Why);
