namespace Moderato.Drills.Simulation;

/// <summary>The grammars that ship with the simulator, read once from the assembly.</summary>
internal static class Grammars
{
    private static readonly Lazy<Dictionary<string, Grammar>> All = new(Load);

    /// <summary>Languages that ordinary traffic is written in, with their shares.</summary>
    public static IReadOnlyList<(string Language, double Share)> Usual { get; } =
        [("en", .55), ("es", .15), ("de", .10), ("fr", .10), ("pt", .05), ("it", .03), ("nl", .02)];

    /// <summary>Languages that ordinary traffic never has: what a new market brings.</summary>
    public static IReadOnlyList<string> New { get; } = ["pl", "tr", "id"];

    public static Grammar Of(string language) => All.Value[language];

    private static Dictionary<string, Grammar> Load()
    {
        var grammars = new Dictionary<string, Grammar>(StringComparer.Ordinal);
        foreach (var language in Usual.Select(usual => usual.Language).Concat(New))
        {
            using var stream = typeof(Grammars).Assembly.GetManifestResourceStream($"Grammars.{language}.txt")
                ?? throw new InvalidDataException($"The assembly holds no grammar for {language}.");
            using var reader = new StreamReader(stream);
            grammars.Add(language, Grammar.Parse(language, reader));
        }

        return grammars;
    }
}
