using Moderato.Statistics.Intervals;

namespace Moderato.Investigation.Findings;

/// <summary>One remedy with its measured price.</summary>
/// <param name="Horizon">quick (this week), medium (2–4 weeks) or long (1–3 months).</param>
/// <param name="ReviewsPerDay">Change in reviews a day; its Absolute is in reviews a day.</param>
public sealed record Remedy(
    string Horizon, [property: System.Text.Json.Serialization.JsonPropertyName("remedy")] string Name, string Statement,
    Change FalsePositives, Change FalseNegatives, Change ReviewsPerDay);

public static class Horizons
{
    public const string Quick = "quick";
    public const string Medium = "medium";
    public const string Long = "long";
}
