using Moderato.Decisions;
using Moderato.Investigation;
using Moderato.Investigation.Patterns;

namespace Moderato.Tests.Investigation.Patterns;

/// <summary>Decision tables of made-up traffic, for tests of what is found in them.</summary>
internal static class TrafficTable
{
    private static readonly string[] Words =
        ["hello", "friend", "today", "weather", "lunch", "music", "garden", "train", "shoot", "river", "window"];

    public static Evidence Evidence(this DecisionTable table) => table.Evidence(SliceColumns.Of(table));

    public static Evidence Evidence(this DecisionTable table, SliceColumns columns)
    {
        int[] clusters = table.Texts is { } texts ? NearDuplicates.Cluster(texts) : [.. Enumerable.Range(0, table.Count)];
        return Moderato.Investigation.Evidence.Of(table, clusters, clusters.Length == 0 ? 0 : clusters.Max() + 1, columns.Columns);
    }

    /// <summary>Labelled at random; one in twenty violates, of which .7 are flagged.</summary>
    /// <param name="fpr">Of a safe content, by row, language, surface and text.</param>
    public static DecisionTable Of(int rows, int seed, Func<int, string, string, string, double> fpr, bool texts = false)
    {
        string[] languages = ["en", "en", "en", "en", "es", "de", "fr"], surfaces = ["comment", "comment", "chat", "profile"];
        var random = new Random(seed);
        var (language, surface, tier) = (new CodedColumn.Builder("language"), new CodedColumn.Builder("surface"), new CodedColumn.Builder("tier"));
        var verdicts = new Verdict[rows];
        var labels = new sbyte[rows];
        var contents = new List<string>();
        for (int row = 0; row < rows; row++)
        {
            string l = languages[random.Next(languages.Length)], s = surfaces[random.Next(surfaces.Length)];
            string text = texts ? string.Join(' ', Enumerable.Range(0, 7).Select(_ => Words[random.Next(Words.Length)] + (random.Next(4) == 0 ? $"{(char)('a' + random.Next(26))}" : ""))) : "";
            language.Add(l);
            surface.Add(s);
            tier.Add(random.Next(2) == 0 ? "ngram" : "llm");
            contents.Add(text);
            labels[row] = random.Next(20) == 0 ? (sbyte)1 : (sbyte)0;
            verdicts[row] = random.NextDouble() < (labels[row] == 1 ? 0.7 : fpr(row, l, s, text)) ? Verdict.Violating : Verdict.Safe;
        }

        return new()
        {
            Category = "hate",
            Ids = PackedStrings.From(Enumerable.Range(0, rows).Select(row => $"c{row}")),
            Verdicts = verdicts,
            Labels = labels,
            Design = new LabelDesign.Random(),
            Texts = texts ? PackedStrings.From(contents) : null,
            Columns = [language.Build(), surface.Build(), tier.Build()],
        };
    }

    /// <summary>The first half of the rows as reference; no labels.</summary>
    public static DecisionTable Compared(this DecisionTable table) => table with
    {
        Periods = [.. Enumerable.Range(0, table.Count).Select(row => row < table.Count / 2 ? Period.Reference : Period.Current)],
        Labels = [.. Enumerable.Repeat<sbyte>(-1, table.Count)],
        Design = new LabelDesign.None(),
    };
}
