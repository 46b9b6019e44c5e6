using System.Text.Json;

namespace Moderato.Benchmarks.RealIncidents;

/// <summary>A content of a public set: what it says, what people said of it, and where it comes from.</summary>
/// <param name="Kind">The platform or register that it stands for: <c>wiki</c>, <c>tweets</c>, <c>game</c> …</param>
/// <param name="Perspective">The score that the Perspective API gave, where it was recorded.</param>
internal sealed record RealContent(string Text, bool Violating, string Kind, string Language, double? Perspective)
{
    /// <summary>Score of each source, by its place in <see cref="ContentScores.Sources"/>; NaN where it gave none.</summary>
    public double[] Scores { get; set; } = [];
}

/// <summary>The contents that traffic is drawn from, safe and violating ones of each kind.</summary>
internal sealed class ContentPools
{
    private static readonly (string Kind, string Language, string Set, string? Label)[] Sets =
    [
        ("wiki", "en", "wikipedia-context", "toxicity"), ("tweets", "en", "olid", "toxicity"), ("tweets", "en", "founta", "hate"),
        ("forum", "en", "edos", "hate"), ("game", "en", "gametox", "toxicity"), ("dota", "en", "conda-dota", "toxicity"),
        ("news", "en", "ag-news", null), ("medical", "en", "medical-questions", null), ("films", "en", "film-plots", null),
        ("disaster", "en", "disaster-tweets", null), ("spanish", "es", "offendes", "toxicity"), ("german", "de", "germeval2018", "toxicity"),
        ("portuguese", "pt", "told-br", "toxicity"), ("slang", "en", "davidson", "hate"),
    ];

    private readonly Dictionary<(string Kind, bool Violating), RealContent[]> contents;

    private ContentPools(Dictionary<(string, bool), RealContent[]> contents) => this.contents = contents;

    public IEnumerable<RealContent> All => contents.Values.SelectMany(pool => pool);

    public RealContent[] Of(string kind, bool violating) => contents.GetValueOrDefault((kind, violating), []);

    public static ContentPools Read()
    {
        var read = new List<RealContent>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (kind, language, set, label) in Sets)
        {
            foreach (var row in SharedTexts.Rows(set))
            {
                if (Truth(row, label) is { } violating && SharedTexts.TextOf(row) is { Length: > 0 and < 1_000 } text && seen.Add(text))
                {
                    read.Add(new(text, violating, kind, language, RecordedScore(row)));
                }
            }
        }

        return new(read.GroupBy(content => (content.Kind, content.Violating)).ToDictionary(pool => pool.Key, pool => pool.ToArray()));
    }

    // A register whose contents are all benign has no label of its own.
    private static bool? Truth(JsonElement row, string? label) =>
        label is null ? false
        : row.GetProperty("labels").TryGetProperty(label, out var value) ? value.GetInt32() == 1
        : null;

    private static double? RecordedScore(JsonElement row) =>
        row.GetProperty("meta").TryGetProperty("perspective_api", out var score) && double.TryParse(
            score.ToString(), System.Globalization.CultureInfo.InvariantCulture, out double value) ? value : null;
}
