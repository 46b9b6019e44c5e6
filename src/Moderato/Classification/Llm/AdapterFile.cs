using System.Text.Json;
using System.Text.RegularExpressions;
using Moderato.Policies;

namespace Moderato.Classification.Llm;

/// <summary>Adapters as files: those that every build carries, and those that users write.</summary>
public static partial class AdapterFile
{
    private const string Embedded = "Adapters.";
    private const string Remedy = "see docs/tiers.md for what an adapter holds";

    private static readonly string[] Places = ["policy", "categories", "category", "definition", "guideline", "content", "context", "nonce"];

    /// <summary>The names of those that every build carries.</summary>
    public static IReadOnlyList<string> Shipped { get; } =
        [.. typeof(AdapterFile).Assembly.GetManifestResourceNames().Where(name => name.StartsWith(Embedded, StringComparison.Ordinal)).Select(name => name[Embedded.Length..^".json".Length]).Order(StringComparer.Ordinal)];

    /// <exception cref="UnusableFileException">There is none of this name, or it is wrong.</exception>
    public static Adapter LoadShipped(string name)
    {
        using var resource = typeof(AdapterFile).Assembly.GetManifestResourceStream($"{Embedded}{name}.json")
            ?? throw new UnusableFileException(name, "no adapter of this name is shipped", $"name one of {string.Join(", ", Shipped)}, or a file");
        using var bytes = new MemoryStream();
        resource.CopyTo(bytes);
        return Read(bytes.ToArray(), $"the shipped adapter {name}");
    }

    /// <exception cref="UnusableFileException">Names the file and all that is wrong with it.</exception>
    public static Adapter Load(string path) => File.Exists(path)
        ? Read(File.ReadAllBytes(path), path)
        : throw new UnusableFileException(path, "there is no such file", $"name one of {string.Join(", ", Shipped)}, or a file that is there");

    /// <param name="place">What messages call the file.</param>
    public static Adapter Read(ReadOnlySpan<byte> json, string place)
    {
        Adapter? adapter;
        try
        {
            adapter = DeclarationJson.Read<Adapter>(json);
        }
        catch (JsonException wrong)
        {
            throw new UnusableFileException($"{place}, line {wrong.LineNumber + 1}", $"it is not an adapter ({wrong.Message})", Remedy);
        }

        return adapter is null ? throw new UnusableFileException(place, "it holds null", Remedy) : Checked(adapter, place);
    }

    /// <exception cref="UnusableFileException">Names the place and all that is wrong there.</exception>
    internal static Adapter Checked(Adapter adapter, string place)
    {
        var errors = Errors(adapter).ToList();
        return errors.Count == 0 ? adapter : throw new UnusableFileException(place, string.Join("; ", errors), Remedy);
    }

    private static IEnumerable<string> Errors(Adapter adapter)
    {
        if ((adapter.Endpoint == LlmEndpoint.Moderations) != (adapter.Answer is ModerationResultFormat))
        {
            yield return "endpoint and answer do not belong together: \"moderations\" answers with a \"moderationResult\", and nothing else does";
        }

        if (adapter.Endpoint == LlmEndpoint.Completions && adapter.Messages.Count != 1)
        {
            yield return $"it has {adapter.Messages.Count} messages: a \"completions\" endpoint takes one";
        }

        var lines = adapter.Messages.SelectMany(message => message.Lines).ToList();
        if (adapter.Endpoint != LlmEndpoint.Moderations && lines.Count(line => line.Contains("{{content}}", StringComparison.Ordinal)) != 1)
        {
            yield return "{{content}} has to stand in its messages exactly once";
        }

        foreach (var place in lines.SelectMany(line => Place().Matches(line)).Select(match => match.Groups[1].Value).Except(Places))
        {
            yield return $"{{{{{place}}}}} is none of {string.Join(", ", Places.Select(known => $"{{{{{known}}}}}"))}";
        }

        foreach (var role in adapter.Messages.Select(message => message.Role).Except(["system", "developer", "user", "assistant"]))
        {
            yield return $"the role \"{role}\" is none of system, developer, user, assistant";
        }

        var named = (adapter.Categories ?? []).Concat(adapter.Guidelines.Keys).Concat(adapter.Answer is VerdictLineFormat line ? line.Codes.Values.SelectMany(codes => codes) : []);
        foreach (var category in named.Except(Category.All))
        {
            yield return $"\"{category}\" is none of {string.Join(", ", Category.All)}";
        }

        var words = adapter.Answer switch { VerdictLineFormat format => format.Words, VerdictObjectFormat format => format.Words, _ => null };
        if (words is not null && (!words.Values.Contains(0) || !words.Values.Any(weight => weight > 0) || words.Values.Any(weight => weight is not (>= 0 and <= 1))))
        {
            yield return "the words of its verdict have to hold one at 0 (safe) and one above 0, none above 1";
        }
    }

    [GeneratedRegex(@"\{\{(\w+)\}\}", RegexOptions.CultureInvariant)]
    internal static partial Regex Place();
}
