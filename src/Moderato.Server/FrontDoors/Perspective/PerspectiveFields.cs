using System.Text.Json;

namespace Moderato.Server.FrontDoors.Perspective;

/// <summary>A JSON object read as Google's parser reads a message: camelCase or snake_case names, null as absent, unknown names passed over.</summary>
internal sealed class PerspectiveFields
{
    private readonly JsonElement element;
    private readonly string place;

    /// <exception cref="WrongException">It is no object.</exception>
    public PerspectiveFields(JsonElement element, string place = "")
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw Wrong(place.Length == 0 ? "the request" : place, "an object");
        }

        this.element = element;
        this.place = place;
    }

    public string? String(string name) => Read(name, JsonValueKind.String, "a string") is { } value ? Whole(value, name) : null;

    public bool Flag(string name)
    {
        var value = Find(name);
        return value?.ValueKind switch
        {
            null or JsonValueKind.False => false,
            JsonValueKind.True => true,
            _ => throw Wrong(Place(name), "true or false"),
        };
    }

    public double? Number(string name) => Read(name, JsonValueKind.Number, "a number")?.GetDouble();

    public PerspectiveFields? Object(string name) => Read(name, JsonValueKind.Object, "an object") is { } value ? new(value, Place(name)) : null;

    public IReadOnlyList<PerspectiveFields> Objects(string name) =>
        Read(name, JsonValueKind.Array, "a list") is { } list ? [.. list.EnumerateArray().Select(item => new PerspectiveFields(item, Place(name)))] : [];

    public IReadOnlyList<string> Strings(string name) =>
        Read(name, JsonValueKind.Array, "a list of strings") is { } list
            ? [.. list.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.String ? Whole(item, name) : throw Wrong(Place(name), "a list of strings"))]
            : [];

    /// <summary>All members, each an object.</summary>
    public IEnumerable<(string Name, PerspectiveFields Value)> Members() =>
        element.EnumerateObject().Select(member => (member.Name, new PerspectiveFields(member.Value, Place(member.Name))));

    /// <summary>Half of a surrogate pair is no text.</summary>
    private string Whole(JsonElement value, string name)
    {
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw Wrong(Place(name), "a string of whole characters");
        }
    }

    private JsonElement? Read(string name, JsonValueKind kind, string wanted) => Find(name) switch
    {
        null => null,
        { } value when value.ValueKind == kind => value,
        _ => throw Wrong(Place(name), wanted),
    };

    private JsonElement? Find(string name)
    {
        bool found = element.TryGetProperty(name, out var value) || element.TryGetProperty(JsonNamingPolicy.SnakeCaseLower.ConvertName(name), out value);
        return found && value.ValueKind != JsonValueKind.Null ? value : null;
    }

    private string Place(string name) => place.Length == 0 ? name : $"{place}.{name}";

    private static WrongException Wrong(string place, string wanted) => new($"Invalid value at '{place}': {wanted} is expected.");

    internal sealed class WrongException(string message) : Exception(message);
}
