using System.Text.Json;

namespace Moderato.Cli.Tests.Contract;

/// <summary>RATE and CHANGE as the contract has them.</summary>
internal static class Rates
{
    public static bool IsNumber(JsonElement value) => value.ValueKind == JsonValueKind.Number && double.IsFinite(value.GetDouble());

    public static bool IsKnown(JsonElement rate) => !rate.TryGetProperty("unknown", out _);

    public static double Estimate(JsonElement rate) => rate.GetProperty("estimate").GetDouble();

    public static bool Holds(JsonElement rate, double value) =>
        rate.GetProperty("low").GetDouble() - 1e-9 <= value && value <= rate.GetProperty("high").GetDouble() + 1e-9;

    public static string? Misfit(JsonElement rate)
    {
        if (Unknown(rate, "RATE") is var (isUnknown, wrong) && (isUnknown || wrong is not null))
        {
            return wrong;
        }

        foreach (string name in (string[])["estimate", "low", "high", "n", "confidence"])
        {
            if (!rate.TryGetProperty(name, out var number) || !IsNumber(number))
            {
                return $"RATE without a number {name}: {rate}";
            }
        }

        foreach (string name in (string[])["method", "population", "design"])
        {
            if (!rate.TryGetProperty(name, out var text) || text.ValueKind != JsonValueKind.String || text.GetString()!.Length == 0)
            {
                return $"RATE without {name}: {rate}";
            }
        }

        return Holds(rate, Estimate(rate)) ? null : $"the interval does not hold the estimate: {rate}";
    }

    public static string? MisfitOfChange(JsonElement change)
    {
        if (Unknown(change, "CHANGE") is var (isUnknown, wrong) && (isUnknown || wrong is not null))
        {
            return wrong;
        }

        foreach (string name in (string[])["percent", "low", "high"])
        {
            if (!change.TryGetProperty(name, out var number) || !(number.ValueKind == JsonValueKind.Null || IsNumber(number)))
            {
                return $"CHANGE without {name}: {change}";
            }
        }

        if (!change.TryGetProperty("absolute", out var absolute) || !IsNumber(absolute))
        {
            return $"CHANGE without absolute: {change}";
        }

        return change.GetProperty("percent").ValueKind == JsonValueKind.Null
            || (change.GetProperty("low").GetDouble() <= change.GetProperty("percent").GetDouble() + 1e-6
                && change.GetProperty("percent").GetDouble() <= change.GetProperty("high").GetDouble() + 1e-6)
            ? null
            : $"the interval does not hold the change: {change}";
    }

    private static (bool IsUnknown, string? Wrong) Unknown(JsonElement value, string what) =>
        value.ValueKind != JsonValueKind.Object ? (false, $"no {what}: {value}")
        : !value.TryGetProperty("unknown", out var why) ? (false, null)
        : (true, why.ValueKind == JsonValueKind.String && why.GetString()!.Length > 0 ? null : $"unknown without why: {value}");
}
