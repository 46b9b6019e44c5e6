namespace Moderato.Cli.Input;

/// <summary>Which of a file's columns are ours: by their own names, by <c>--map ours=theirs</c> where these differ.</summary>
public sealed class ColumnMap
{
    private readonly Dictionary<string, string> theirsOf;

    private ColumnMap(Dictionary<string, string> theirsOf) => this.theirsOf = theirsOf;

    public static ColumnMap None { get; } = new([]);

    /// <exception cref="InputException">A mapping is not of the form ours=theirs, or maps a column of ours twice.</exception>
    public static ColumnMap Parse(IEnumerable<string> mappings)
    {
        var theirsOf = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string mapping in mappings)
        {
            int equals = mapping.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0 || equals == mapping.Length - 1)
            {
                throw new InputException("--map", $"\"{mapping}\"", "write --map ours=theirs, as in --map score=p_toxic");
            }

            if (!theirsOf.TryAdd(mapping[..equals].Trim(), mapping[(equals + 1)..].Trim()))
            {
                throw new InputException("--map", $"\"{mapping[..equals]}\" is mapped twice", "map each column once");
            }
        }

        return new ColumnMap(theirsOf);
    }

    /// <summary>Whether the column of ours is mapped.</summary>
    public bool Names(string ours) => theirsOf.ContainsKey(ours);

    /// <summary>What a column of theirs is to us: the columns that it is mapped to, or else itself.</summary>
    public IReadOnlyList<string> Ours(string theirs)
    {
        var mapped = theirsOf.Where(pair => pair.Value == theirs).Select(pair => pair.Key).ToList();
        string own = DecisionColumns.Ours.Contains(theirs.ToLowerInvariant()) ? theirs.ToLowerInvariant() : theirs;
        return mapped.Count > 0 ? mapped : theirsOf.ContainsKey(own) ? [] : [own];
    }

    /// <exception cref="InputException">A column that is mapped is not there.</exception>
    public void Check(string file, IReadOnlyList<string> columns)
    {
        foreach (var (ours, theirs) in theirsOf)
        {
            if (!columns.Contains(theirs))
            {
                throw new InputException(
                    file, $"no column \"{theirs}\", which --map {ours}={theirs} names; there are {ColumnNames.List(columns)}",
                    DidYouMean.Of(theirs, columns) is { } near ? $"did you mean --map {ours}={near}?" : "map a column that is there");
            }
        }
    }
}
