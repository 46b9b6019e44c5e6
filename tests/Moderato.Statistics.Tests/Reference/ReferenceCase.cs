using System.Globalization;
using System.Text.Json;

namespace Moderato.Statistics.Tests.Reference;

/// <summary>
/// One case of a <see cref="ReferenceFile"/>. Input is read by its key, also where it is another case's (<c>same_as</c>);
/// expected values by their path, keys joined by '/', "" where the expected value is itself a number or a list.
/// </summary>
public sealed class ReferenceCase
{
    private readonly JsonElement expected;
    private readonly List<JsonElement> inputs = [];
    private readonly HashSet<string> open = new(StringComparer.Ordinal);

    public ReferenceCase(string name, JsonElement item, Func<string, JsonElement> caseNamed)
    {
        Name = name;
        expected = item.GetProperty("expected");
        Tolerance = item.GetProperty("tolerance").GetDouble();
        OpenLeaves(expected, "");
        for (var input = item.GetProperty("input"); ;)
        {
            inputs.Add(input);
            if (!input.TryGetProperty("same_as", out var other) && !input.TryGetProperty("same_table_as", out other))
            {
                return;
            }

            input = caseNamed(other.GetString()!).GetProperty("input");
        }
    }

    public string Name { get; }

    public double Tolerance { get; }

    public IReadOnlyCollection<string> NotCompared => open;

    /// <summary>Paths that are no target of ours, each with its reason.</summary>
    public List<(string Path, string Why)> LeftOut { get; } = [];

    public bool Has(string key) => inputs.Exists(input => input.TryGetProperty(key, out var value) && value.ValueKind != JsonValueKind.Null);

    public JsonElement Input(string key) =>
        inputs.Find(input => input.TryGetProperty(key, out _)) is { ValueKind: JsonValueKind.Object } holder
            ? holder.GetProperty(key)
            : throw new KeyNotFoundException($"{Name}: no input \"{key}\".");

    public double Number(string key) => ToDouble(Input(key));

    public int Integer(string key) => Input(key).GetInt32();

    public double[] Numbers(string key) => ToDoubles(Input(key));

    public double[][] Table(string key) => [.. Input(key).EnumerateArray().Select(ToDoubles)];

    /// <summary>The names under which values are expected below a path.</summary>
    public IReadOnlyList<string> Keys(string path = "") => [.. At(path).EnumerateObject().Select(property => property.Name)];

    /// <summary>
    /// What the library raised or warned here, or null where it simply answered. Asking settles the path: what the library said
    /// is no target, and the caller asserts what we answer instead.
    /// </summary>
    public string? Error(string path = "")
    {
        if (At(path) is not { ValueKind: JsonValueKind.Object } value || !value.TryGetProperty("error", out var error))
        {
            return null;
        }

        Settle(path);
        LeftOut.Add((path, $"the library said: {error.GetString()}"));
        return error.GetString();
    }

    /// <summary>Says why a number of the case is not one of ours: another convention, another library's own answer.</summary>
    public void LeaveOut(string path, string why)
    {
        Assert.NotEmpty(why);
        Settle(path);
        LeftOut.Add((path, why));
    }

    /// <summary>How many values are expected, and how many of them are left out; a list counts its entries.</summary>
    public (int Expected, int LeftOut) Count() => (Scalars(expected), LeftOut.Sum(left => Scalars(At(left.Path))));

    public void Expect(string path, double ours) => Compare(path, At(path), ours);

    /// <summary>As <see cref="Expect(string,double)"/>, and for small values relatively too: tails of tests.</summary>
    public void ExpectRelatively(string path, double ours, double relative = 1e-8)
    {
        Compare(path, At(path), ours);
        double theirs = ToDouble(At(path));
        Assert.True(Math.Abs(theirs - ours) <= relative * Math.Abs(theirs), Message(path, theirs, ours));
    }

    public void Expect(string path, bool ours)
    {
        Settle(path);
        Assert.Equal(At(path).GetBoolean(), ours);
    }

    public void Expect(string path, IReadOnlyList<bool> ours)
    {
        Settle(path);
        Assert.Equal(At(path).EnumerateArray().Select(value => value.GetBoolean()), ours);
    }

    public void Expect(string path, IReadOnlyList<double> ours) => Compare(path, At(path), ours);

    public void Expect(string path, IReadOnlyList<double[]> ours)
    {
        var rows = At(path);
        Assert.Equal(rows.GetArrayLength(), ours.Count);
        for (int i = 0; i < ours.Count; i++)
        {
            Compare(path, rows[i], ours[i]);
        }
    }

    /// <summary>The raw expected value, for shapes that the other methods do not know. Settles the path.</summary>
    public JsonElement Expected(string path = "")
    {
        Settle(path);
        return At(path);
    }

    private void Compare(string path, JsonElement theirs, IReadOnlyList<double> ours)
    {
        Assert.True(theirs.ValueKind == JsonValueKind.Array, $"{Name}, {path}: expected is no list.");
        Assert.True(theirs.GetArrayLength() == ours.Count, $"{Name}, {path}: {theirs.GetArrayLength()} expected, {ours.Count} ours.");
        if (ours.Count == 0)
        {
            Settle(path);
        }

        for (int i = 0; i < ours.Count; i++)
        {
            Compare(path, theirs[i], ours[i]);
        }
    }

    private void Compare(string path, JsonElement value, double ours)
    {
        Settle(path);
        double theirs = ToDouble(value);
        // Equals, so that NaN meets NaN and infinity infinity; nothing else is near either.
        bool near = double.IsFinite(theirs) && Math.Abs(theirs - ours) <= Tolerance * Math.Max(1, Math.Abs(theirs));
        Assert.True(theirs.Equals(ours) || near, Message(path, theirs, ours));
    }

    private string Message(string path, double theirs, double ours) => string.Create(
        CultureInfo.InvariantCulture, $"{Name}, {path}: expected {theirs:R}, ours {ours:R}, off by {ours - theirs:E2}");

    private JsonElement At(string path) =>
        path.Length == 0 ? expected : path.Split('/').Aggregate(expected, (value, key) => value.GetProperty(key));

    private void Settle(string path) => open.RemoveWhere(leaf =>
        path.Length == 0 || leaf == path || (leaf.StartsWith(path, StringComparison.Ordinal) && leaf[path.Length] == '/'));

    private void OpenLeaves(JsonElement value, string path)
    {
        if (value.ValueKind != JsonValueKind.Object || value.TryGetProperty("error", out _))
        {
            open.Add(path);
            return;
        }

        foreach (var property in value.EnumerateObject())
        {
            OpenLeaves(property.Value, path.Length == 0 ? property.Name : $"{path}/{property.Name}");
        }
    }

    private static int Scalars(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => value.EnumerateArray().Sum(Scalars),
        JsonValueKind.Object => value.EnumerateObject().Sum(property => Scalars(property.Value)),
        _ => 1,
    };

    private static double[] ToDoubles(JsonElement value) => [.. value.EnumerateArray().Select(ToDouble)];

    private static double ToDouble(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => value.GetDouble(),
        JsonValueKind.True => 1,
        JsonValueKind.False => 0,
        JsonValueKind.String => value.GetString() switch
        {
            "NaN" => double.NaN,
            "Infinity" => double.PositiveInfinity,
            "-Infinity" => double.NegativeInfinity,
            var text => throw new FormatException($"\"{text}\" is no number."),
        },
        _ => throw new FormatException($"{value.ValueKind} is no number."),
    };
}
