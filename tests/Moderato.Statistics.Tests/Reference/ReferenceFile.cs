using System.Text.Json;

namespace Moderato.Statistics.Tests.Reference;

/// <summary>
/// A file of values that independent libraries computed on written-out inputs. Every case of the file is one row of a
/// theory; a case that no handler knows fails, and so does a number of a case that the handler neither compared nor left out.
/// </summary>
/// <example>
/// <code>
/// private static readonly ReferenceFile File = ReferenceFile.Read("intervals");
/// public static TheoryData&lt;string&gt; Cases =&gt; File.Names;
///
/// [Theory, MemberData(nameof(Cases))]
/// public void Agrees_with_independent_libraries(string name) =&gt; File.Check(name, new() { ["Wilson"] = Wilson, … });
/// </code>
/// </example>
public sealed class ReferenceFile
{
    [ThreadStatic]
    private static Action<ReferenceFile, ReferenceCase>? passed;

    private readonly string theme;
    private readonly Dictionary<string, JsonElement> cases = new(StringComparer.Ordinal);

    private ReferenceFile(string theme) => this.theme = theme;

    public string Theme => theme;

    /// <summary>The names of all cases, a theory row each.</summary>
    public TheoryData<string> Names => [.. cases.Keys];

    public static ReferenceFile Read(string theme)
    {
        var file = new ReferenceFile(theme);
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Reference", theme + ".json")));
        foreach (var item in document.RootElement.Clone().GetProperty("cases").EnumerateArray())
        {
            file.cases.Add(item.GetProperty("name").GetString()!, item);
        }

        return file;
    }

    /// <summary>Runs the handler whose key is the longest beginning of the case's name.</summary>
    public void Check(string name, IReadOnlyDictionary<string, Action<ReferenceCase>> handlers)
    {
        string? key = handlers.Keys.Where(start => name.StartsWith(start, StringComparison.Ordinal)).MaxBy(start => start.Length);
        Assert.True(key is not null, $"{theme}.json: nothing reproduces \"{name}\" ({cases[name].GetProperty("function")}).");

        var reference = new ReferenceCase(name, cases[name], CaseNamed);
        handlers[key](reference);
        Assert.True(reference.NotCompared.Count == 0, $"{theme}.json, {name}: not compared: {string.Join(", ", reference.NotCompared)}");
        passed?.Invoke(this, reference);
    }

    /// <summary>Tells of every case that passes while <paramref name="tests"/> run on this thread.</summary>
    public static void Listen(Action<ReferenceFile, ReferenceCase> listener, Action tests)
    {
        passed = listener;
        try
        {
            tests();
        }
        finally
        {
            passed = null;
        }
    }

    private JsonElement CaseNamed(string name) => cases[name];
}
