namespace Moderato.Cli.Input;

/// <summary>A row that could not be read.</summary>
/// <param name="Place">File and line: <c>decisions.csv, line 3</c>.</param>
/// <param name="Cause">Column, what was found and what would be right; never content.</param>
public sealed record BadRow(string Place, string Cause);

/// <summary>Counts rows that cannot be read, and keeps the first ten with their cause.</summary>
public sealed class BadRows
{
    private const int Shown = 10;
    private readonly List<BadRow> first = [];

    public long Count { get; private set; }

    /// <summary>Ten are kept: nobody will see the words for a further one.</summary>
    public bool Full => first.Count == Shown;

    public IReadOnlyList<BadRow> First => first;

    public void Add(string place, string cause)
    {
        Count++;
        if (!Full)
        {
            first.Add(new BadRow(place, cause));
        }
    }

    /// <summary>Adds what another count has.</summary>
    public void Add(BadRows other)
    {
        first.AddRange(other.first.Take(Shown - first.Count));
        Count += other.Count;
    }

    /// <exception cref="InputException">More than the allowed share of the rows cannot be read, or not one can.</exception>
    public void Check(string file, long rows, double mostShare)
    {
        bool none = Count > 0 && Count == rows;
        if (none || Count > mostShare * rows)
        {
            string shown = string.Join("", first.Select(row => $"\n  {row.Place}: {row.Cause}"));
            string more = Count > first.Count ? $"\n  and {Count - first.Count} more" : "";
            throw new InputException(
                file,
                mostShare < 1
                    ? $"{Count} of {rows} rows cannot be read, more than the {100 * mostShare:0.####}% that --max-bad-rows allows:{shown}{more}"
                    : $"not one of {rows} rows can be read:{shown}{more}",
                "mend these rows, map the columns with --map ours=theirs" + (mostShare < 1 ? ", or allow more with --max-bad-rows" : ""));
        }
    }
}
