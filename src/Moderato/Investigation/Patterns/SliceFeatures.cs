using Moderato.Decisions;
using Moderato.Investigation.Patterns.Signals;
using Moderato.Statistics.Slices;

namespace Moderato.Investigation.Patterns;

/// <summary>A column value, a signal or a term that can be a condition of a slice.</summary>
public readonly record struct SliceFeature(string Name, string Value);

/// <summary>Everything that slices can be made of, by row: column values, signals of the text, terms.</summary>
/// <param name="Features">By number.</param>
/// <param name="Table">The features of each row of the decision table; none on rows that were left out.</param>
public sealed record SliceFeatures(IReadOnlyList<SliceFeature> Features, FeatureTable Table)
{
    public const string SignalName = "signal";
    public const string TermName = "term";

    /// <param name="include">By row: whether it is needed; empty for all.</param>
    public static SliceFeatures Of(DecisionTable table, SliceColumns columns, Terms terms, ReadOnlySpan<bool> include = default)
    {
        var features = new List<SliceFeature>();
        var offsets = new int[columns.Columns.Count];
        for (int column = 0; column < offsets.Length; column++)
        {
            offsets[column] = features.Count;
            features.AddRange(columns.Columns[column].Values.Select(value => new SliceFeature(columns.Columns[column].Name, value)));
        }

        int firstSignal = features.Count;
        features.AddRange(TextSignals.All.Select(signal => new SliceFeature(SignalName, signal.Name)));
        int firstTerm = features.Count;
        features.AddRange(terms.Words.Select(word => new SliceFeature(TermName, word)));

        long rows = include.IsEmpty ? table.Count : include.Count(true);
        var builder = new FeatureTable.Builder(features.Count, (int)Math.Min(Array.MaxLength, rows * offsets.Length));
        var scan = new TextScan();
        Action<int> addTerm = term => builder.Add(firstTerm + term);
        for (int row = 0; row < table.Count; row++)
        {
            if (include.IsEmpty || include[row])
            {
                for (int column = 0; column < offsets.Length; column++)
                {
                    if (columns.Columns[column].Codes[row] is var code and >= 0)
                    {
                        builder.Add(offsets[column] + code);
                    }
                }

                if (columns.Signals is { } signals)
                {
                    uint own = (uint)signals[row];
                    for (; own != 0; own &= own - 1)
                    {
                        builder.Add(firstSignal + System.Numerics.BitOperations.TrailingZeroCount(own));
                    }
                }

                if (table.Texts is { } texts && terms.Words.Count > 0)
                {
                    scan.Read(texts.Utf8(row));
                    terms.Find(scan, addTerm);
                }
            }

            builder.EndRow();
        }

        return new(features, builder.Build());
    }

    /// <summary>A conjunction as column → value; the second term is "term 2", as a key stands once.</summary>
    public IReadOnlyDictionary<string, string> Where(IReadOnlyList<int> conjunction)
    {
        var where = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (int number in conjunction)
        {
            var feature = Features[number];
            string key = feature.Name;
            for (int again = 2; where.ContainsKey(key); again++)
            {
                key = $"{feature.Name} {again}";
            }

            where.Add(key, feature.Value);
        }

        return where;
    }
}
