using Moderato.Decisions;
using Moderato.Investigation.Patterns.Signals;

namespace Moderato.Investigation.Patterns;

/// <summary>Whether a row lies in a slice that is known by its conditions alone, as a finding names them.</summary>
public sealed class SliceMatcher
{
    private readonly PackedStrings? texts;
    private readonly List<(RowCodes Codes, int Code)> columns = [];
    private readonly List<string> words = [];
    private readonly TextSignals reader = new();
    private readonly Terms terms;
    private readonly HashSet<int> found = [];
    private TextSignal signals;

    /// <param name="sliceColumns">Where column conditions are looked up.</param>
    /// <exception cref="ArgumentException">No column, signal or term has such a value.</exception>
    public SliceMatcher(DecisionTable table, IReadOnlyList<CodedColumn> sliceColumns, IReadOnlyDictionary<string, string> where)
    {
        texts = table.Texts;
        foreach (var (key, value) in where)
        {
            // A key stands once: the second term is "term 2".
            string name = key.TrimEnd(' ', '2', '3', '4', '5', '6', '7', '8', '9');
            if (sliceColumns.FirstOrDefault(column => column.Name == key && column.Values.Contains(value)) is { } column)
            {
                columns.Add((column.Codes, column.Values.ToList().IndexOf(value)));
            }
            else if (name == SliceFeatures.SignalName && TextSignals.All.FirstOrDefault(signal => signal.Name == value) is { Name: not null } signal)
            {
                signals |= signal.Signal;
            }
            else if (name == SliceFeatures.TermName)
            {
                words.Add(value);
            }
            else
            {
                throw new ArgumentException($"No column, signal or term is \"{key}\" with this value.", nameof(where));
            }
        }

        terms = Terms.Named(words);
    }

    public bool Holds(int row)
    {
        foreach (var (codes, code) in columns)
        {
            if (codes[row] != code)
            {
                return false;
            }
        }

        if (signals == TextSignal.None && words.Count == 0)
        {
            return true;
        }

        if (texts is null || (reader.Read(texts.Utf8(row)) & signals) != signals)
        {
            return false;
        }

        found.Clear();
        reader.Find(terms, term => found.Add(term));
        return found.Count == words.Count;
    }
}
