using System.Text.Json;

namespace Moderato.Server.Hosting;

/// <summary>The items of a request whose body is an object with one array in it.</summary>
public static class ItemsOf
{
    /// <returns>The items; null with a <paramref name="problem"/> where the request is not of that form.</returns>
    public static IReadOnlyList<JsonElement>? Request(JsonElement body, string field, int most, out Problem? problem)
    {
        var read = new FieldReader(body);
        problem = null;
        if (read.IsObject($"{{\"{field}\": [{{…}}, …]}}", [field]))
        {
            if (!read.Has(field, out var array) || array.ValueKind != JsonValueKind.Array)
            {
                read.Errors.Add(new(field, "no array", "give an array"));
            }
            else if (array.GetArrayLength() is var count && (count == 0 || count > most))
            {
                read.Errors.Add(new(field, FormattableString.Invariant($"{count} items"), FormattableString.Invariant($"give 1 to {most}, the rest in further requests")));
            }
            else if (read.Errors.Count == 0)
            {
                return [.. array.EnumerateArray()];
            }
        }

        problem = Problems.Invalid("The request is not right", read.Errors);
        return null;
    }
}
