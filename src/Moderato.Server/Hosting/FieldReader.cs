using System.Globalization;
using System.Text.Json;
using Moderato.Decisions;

namespace Moderato.Server.Hosting;

/// <summary>Reads the members of a JSON object and collects what is wrong with them instead of stopping at the first.</summary>
public sealed class FieldReader(JsonElement json, string prefix = "", List<FieldError>? errors = null)
{
    public List<FieldError> Errors { get; } = errors ?? [];

    public JsonElement Json => json;

    /// <summary>Says so where it is no object, and which members it does not know.</summary>
    public bool IsObject(string example, ReadOnlySpan<string> known)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            Errors.Add(new(prefix.Length == 0 ? "(the whole)" : prefix[..^1], Kind(json), $"give {example}"));
            return false;
        }

        try
        {
            foreach (var member in json.EnumerateObject())
            {
                if (!IsKnown(member, known))
                {
                    Errors.Add(new(prefix + Short(member.Name), "an unknown field", $"use {string.Join(", ", known.ToArray())}"));
                }
            }

            return true;
        }
        catch (InvalidOperationException)
        {
            // No member of it can be looked up by its name then.
            Errors.Add(new(prefix + "(a field)", "half of a surrogate pair in its name", $"use {string.Join(", ", known.ToArray())}"));
            return false;
        }
    }

    /// <summary>A name, an id, a reason: without U+0000, which PostgreSQL has no place for among its texts.</summary>
    public string? Text(string name) =>
        Passage(name) is not { } value ? null
        : StorableText.OfName(name, value) is { } error ? Wrong<string>(name, error.Found, error.Remedy)
        : value;

    /// <summary>What somebody wrote, whatever characters are in it: stores hold it as bytes.</summary>
    public string? Passage(string name)
    {
        if (!Has(name, out var value))
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.String)
        {
            return Wrong<string>(name, Kind(value), "give a string");
        }

        return WholeText(value) ?? Wrong<string>(name, "half of a surrogate pair, or bytes that are not UTF-8", "send whole characters, or U+FFFD in their place");
    }

    /// <summary>A text that must be there and must not be empty.</summary>
    public string? Required(string name)
    {
        int before = Errors.Count;
        string? value = Text(name);
        return value is { Length: > 0 } || Errors.Count > before
            ? value
            : Wrong<string>(name, value is null ? "nothing" : "an empty string", "give a string");
    }

    /// <summary>A text that is one of a few.</summary>
    public string? OneOf(string name, IReadOnlyList<string> values, bool required = false)
    {
        int before = Errors.Count;
        string? value = required ? Required(name) : Text(name);
        return value is null || Errors.Count > before || values.Contains(value)
            ? value
            : Wrong<string>(name, $"\"{Short(value)}\"", $"give one of {string.Join(", ", values)}");
    }

    /// <summary>An array of texts that are each one of a few; empty where there is none.</summary>
    public IReadOnlyList<string> SomeOf(string name, IReadOnlyList<string> values)
    {
        if (!Has(name, out var array))
        {
            return [];
        }

        if (array.ValueKind != JsonValueKind.Array)
        {
            return Wrong<IReadOnlyList<string>>(name, Kind(array), "give an array") ?? [];
        }

        var given = new List<string>();
        foreach (var one in array.EnumerateArray())
        {
            if (one.ValueKind == JsonValueKind.String && WholeText(one) is { } text && values.Contains(text))
            {
                given.Add(text);
            }
            else
            {
                Errors.Add(new(prefix + name, Short(one.GetRawText()), $"give some of {string.Join(", ", values)}"));
            }
        }

        return given;
    }

    /// <summary>A whole number that is not negative.</summary>
    public long? Whole(string name)
    {
        if (!Has(name, out var value))
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long number) && number >= 0
            ? number
            : Wrong<long?>(name, value.ValueKind == JsonValueKind.Number ? value.GetRawText() : Kind(value), "give a whole number, 0 or more");
    }

    public DateTimeOffset? Time(string name)
    {
        if (!Has(name, out var value))
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.String && value.TryGetDateTimeOffset(out var time) && time.Year is >= 1970 and < 3000
            ? time
            : Wrong<DateTimeOffset?>(name, value.ValueKind == JsonValueKind.String ? Short(value.GetRawText()) : Kind(value), "give an ISO 8601 time such as \"2026-03-01T12:00:00Z\"");
    }

    public bool? Flag(string name)
    {
        if (!Has(name, out var value))
        {
            return null;
        }

        return value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : Wrong<bool?>(name, Kind(value), "give true or false");
    }

    public double? Number(string name, double least, double most)
    {
        if (!Has(name, out var value))
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number) && number >= least && number <= most
            ? number
            : Wrong<double?>(
                name,
                value.ValueKind == JsonValueKind.Number ? value.GetRawText() : Kind(value),
                string.Create(CultureInfo.InvariantCulture, $"give a number from {least} to {most}"));
    }

    /// <summary>A nested object; null where there is none or it is something else.</summary>
    public FieldReader? Object(string name, ReadOnlySpan<string> known)
    {
        if (!Has(name, out var value))
        {
            return null;
        }

        var nested = new FieldReader(value, $"{prefix}{name}.", Errors);
        return nested.IsObject("an object", known) ? nested : null;
    }

    public bool Has(string name, out JsonElement value) => json.TryGetProperty(name, out value) && value.ValueKind != JsonValueKind.Null;

    /// <summary>Without making a string of each name.</summary>
    private static bool IsKnown(JsonProperty member, ReadOnlySpan<string> known)
    {
        foreach (string name in known)
        {
            if (member.NameEquals(name))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Null where it holds half of a surrogate pair, or bytes that are not UTF-8.</summary>
    private static string? WholeText(JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private T? Wrong<T>(string name, string found, string remedy)
    {
        Errors.Add(new(prefix + name, found, remedy));
        return default;
    }

    private static string Kind(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        JsonValueKind.True or JsonValueKind.False => "a truth value",
        _ => "nothing",
    };

    private static string Short(string value) => value.Length <= 40 ? value : value[..40] + "…";
}
