using Moderato.Cli.Input;

namespace Moderato.Cli.Commands;

/// <summary>Where a labelled set has what is asked for; −1 where it does not.</summary>
internal sealed record EvaluateColumns(
    int Count, int Text, int Language, int Split, int By, int Score, int Cluster, IReadOnlyList<(string Category, int Column)> Labels)
{
    private const string LabelPrefix = "labels.";

    public static EvaluateColumns None { get; } = new(-1, -1, -1, -1, -1, -1, -1, []);

    public static EvaluateColumns Of(IReadOnlyList<string> names, EvaluateQuery query)
    {
        var ours = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < names.Count; i++)
        {
            foreach (string name in query.Map.Ours(names[i]))
            {
                ours.TryAdd(name, i);
            }
        }

        int At(params string?[] wanted) => wanted.Where(name => name is not null && ours.ContainsKey(name)).Select(name => ours[name!]).FirstOrDefault(-1);
        return new(
            names.Count, At("text"), At("lang", "language"), At("split"), At(query.By), At(query.Score),
            query.Cluster is null ? At("author", "meta.author") : At(query.Cluster),
            [.. ours.Where(pair => pair.Key.StartsWith(LabelPrefix, StringComparison.Ordinal)).Select(pair => (pair.Key[LabelPrefix.Length..], pair.Value))]);
    }
}

/// <summary>What is to be measured.</summary>
/// <param name="By">Column to group by.</param>
/// <param name="Score">Column of recorded scores, in place of a release's.</param>
/// <param name="Cluster">Column of what belongs together; the author's without it.</param>
/// <param name="AtBlock">Flagged means violating, not merely "not safe".</param>
internal sealed record EvaluateQuery(
    ColumnMap Map, string? Category, string? Split, string? By, string? Score, string? Cluster, bool AtBlock, double? Threshold);
