using System.Text.Json;

namespace Moderato.Cli.Tests.Contract;

/// <summary>
/// A JSON document's shape, a line a key: its path, then its type. <c>[]</c> ends an array, <c>?</c> a key that may be absent or
/// null, <c>|null</c> a type whose key must be there and may be null. Further keys are allowed.
/// </summary>
internal sealed class Shape(string lines)
{
    private readonly (string[] Path, string Type)[] keys =
        [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Key)];

    /// <summary>The lines below one key, as lines of their own.</summary>
    public static Shape Under(string key, string lines) => new(string.Join('\n', lines.Split('\n')
        .Where(line => line.StartsWith(key + ".", StringComparison.Ordinal)).Select(line => line[(key.Length + 1)..])));

    public List<string> Misfits(JsonElement document)
    {
        var misfits = new List<string>();
        foreach (var (path, type) in keys)
        {
            Check(document, path, type, "$", misfits);
        }

        return misfits;
    }

    private static (string[] Path, string Type) Key(string line)
    {
        string[] parts = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return (parts[0].Split('.'), parts[1]);
    }

    private static void Check(JsonElement at, ReadOnlySpan<string> path, string type, string place, List<string> misfits)
    {
        if (path.Length == 0)
        {
            if (Wrong(at, type) is { } wrong)
            {
                misfits.Add($"{place}: {wrong}");
            }

            return;
        }

        bool optional = path[0].EndsWith('?');
        string name = path[0].TrimEnd('?');
        bool array = name.EndsWith("[]", StringComparison.Ordinal);
        name = array ? name[..^2] : name;
        place += "." + name;
        if (at.ValueKind != JsonValueKind.Object || !at.TryGetProperty(name, out var value))
        {
            if (!optional)
            {
                misfits.Add($"{place}: missing");
            }
        }
        else if (optional && value.ValueKind == JsonValueKind.Null)
        {
            // As good as absent.
        }
        else if (!array)
        {
            Check(value, path[1..], type, place, misfits);
        }
        else if (value.ValueKind != JsonValueKind.Array)
        {
            misfits.Add($"{place}: no array");
        }
        else
        {
            int i = 0;
            foreach (var item in value.EnumerateArray())
            {
                Check(item, path[1..], type, $"{place}[{i++}]", misfits);
            }
        }
    }

    private static string? Wrong(JsonElement value, string type)
    {
        bool orNull = type.EndsWith("|null", StringComparison.Ordinal);
        if (value.ValueKind == JsonValueKind.Null)
        {
            return orNull ? null : "null";
        }

        return (orNull ? type[..^5] : type) switch
        {
            "RATE" => Rates.Misfit(value),
            "CHANGE" => Rates.MisfitOfChange(value),
            "string" => value.ValueKind == JsonValueKind.String ? null : $"no string: {value}",
            "number" => Rates.IsNumber(value) ? null : $"no number: {value}",
            "count" => Rates.IsNumber(value) && value.GetDouble() >= 0 && value.GetDouble() == Math.Floor(value.GetDouble()) ? null : $"no count: {value}",
            "bool" => value.ValueKind is JsonValueKind.True or JsonValueKind.False ? null : $"no boolean: {value}",
            "object" => value.ValueKind == JsonValueKind.Object ? null : $"no object: {value}",
            _ when type.Contains('/', StringComparison.Ordinal) => value.ValueKind == JsonValueKind.String && type.Split('|')[0].Split('/').Contains(value.GetString()) ? null : $"none of {type}: {value}",
            _ => throw new ArgumentException(type),
        };
    }
}
