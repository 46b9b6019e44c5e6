using System.Text;
using System.Text.Json;

namespace Moderato.Classification.Llm;

/// <summary>The members of a JSON object that a model wrote, by path, with where each value stands in the text.</summary>
internal sealed class JsonMembers
{
    private readonly Dictionary<string, Member> members = [];

    private JsonMembers()
    {
    }

    /// <param name="Text">A string's content, else the value as written.</param>
    /// <param name="At">In UTF-16 units.</param>
    public readonly record struct Member(JsonTokenType Kind, string Text, int At);

    public Member? this[params string[] path] => members.TryGetValue(Path(path), out var member) ? member : null;

    /// <summary>The elements of a list of strings, or one string alone.</summary>
    public IReadOnlyList<string>? Texts(string name)
    {
        if (this[name] is { Kind: JsonTokenType.String } one)
        {
            return one.Text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        }

        return this[name] is { Kind: JsonTokenType.StartArray }
            ? [.. Enumerable.Range(0, int.MaxValue).Select(i => this[name, $"{i}"]).TakeWhile(member => member is not null).Select(member => member!.Value.Text)]
            : null;
    }

    /// <summary>Reads the one object that the text is, alone or in a fence.</summary>
    /// <returns>What is wrong, or null.</returns>
    public static ProviderFault? Read(string text, out JsonMembers found)
    {
        found = new JsonMembers();
        int from = text.IndexOf('{', StringComparison.Ordinal);
        if (from < 0 || !IsFence(text[..from]))
        {
            return ProviderFault.WrongSchema;
        }

        byte[] json = Encoding.UTF8.GetBytes(text[from..]);
        var reader = new Utf8JsonReader(json, isFinalBlock: false, state: default);
        try
        {
            bool doubled = !found.ReadObject(ref reader, json, from);
            if (reader.CurrentDepth > 0 || reader.TokenType != JsonTokenType.EndObject)
            {
                return ProviderFault.TruncatedJson;
            }

            string rest = Encoding.UTF8.GetString(json.AsSpan((int)reader.BytesConsumed));
            return doubled || rest.Contains('{', StringComparison.Ordinal) ? ProviderFault.TwoVerdicts
                : IsFence(rest) ? null
                : ProviderFault.WrongSchema;
        }
        catch (JsonException)
        {
            string there = Encoding.UTF8.GetString(json.AsSpan((int)reader.BytesConsumed)).TrimStart(' ', ':', '\n');
            return there.StartsWith("NaN", StringComparison.Ordinal) || there.TrimStart('-').StartsWith("Inf", StringComparison.Ordinal)
                ? ProviderFault.UnusableNumber
                : ProviderFault.WrongSchema;
        }
    }

    /// <returns>Whether no member stands twice.</returns>
    private bool ReadObject(ref Utf8JsonReader reader, byte[] json, int from)
    {
        var path = new List<string>();
        var counts = new Stack<int>();
        bool single = true;
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    path.Add(reader.GetString()!);
                    continue;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    if (counts.Pop() >= 0)
                    {
                        path.RemoveAt(path.Count - 1);
                    }

                    if (reader.CurrentDepth == 0)
                    {
                        return single;
                    }

                    break;
                default:
                    if (counts.Count > 0 || reader.TokenType is not JsonTokenType.StartObject)
                    {
                        string text = reader.TokenType == JsonTokenType.String ? reader.GetString()! : Encoding.UTF8.GetString(reader.ValueSpan);
                        int at = from + Encoding.UTF8.GetCharCount(json.AsSpan(0, (int)reader.TokenStartIndex));
                        single &= members.TryAdd(Path(path), new(reader.TokenType, text, at));
                    }

                    break;
            }

            if (reader.TokenType is JsonTokenType.StartArray)
            {
                counts.Push(0);
                path.Add("0");
            }
            else if (reader.TokenType is JsonTokenType.StartObject)
            {
                counts.Push(-1);
            }
            else
            {
                Advance(path, counts);
            }
        }

        return single;
    }

    /// <summary>After a value: the next element of a list, or no member.</summary>
    private static void Advance(List<string> path, Stack<int> counts)
    {
        if (path.Count > 0)
        {
            path.RemoveAt(path.Count - 1);
        }

        if (counts.Count > 0 && counts.Peek() >= 0)
        {
            counts.Push(counts.Pop() + 1);
            path.Add($"{counts.Peek()}");
        }
    }

    private static bool IsFence(string text) => text.Trim() is "" or "```" or "```json";

    private static string Path(IEnumerable<string> path) => string.Join('\n', path);
}
