namespace Moderato.Decisions;

/// <summary>
/// Decisions of one category, a column an array: what every analysis reads. Columns that the log did not have are null;
/// a value that a row did not have is NaN (numbers), −1 (labels, codes) or (0, 0) (votes).
/// </summary>
public sealed record DecisionTable
{
    /// <summary>The category judged; empty when the log names none.</summary>
    public required string Category { get; init; }

    public required PackedStrings Ids { get; init; }

    public required Verdict[] Verdicts { get; init; }

    /// <summary>False where contents come without a decision: then <see cref="Verdicts"/> says safe and means nothing.</summary>
    public bool IsDecided { get; init; } = true;

    /// <summary>The cuts in force, when they are known.</summary>
    public Cuts? Cuts { get; init; }

    public PackedStrings? Texts { get; init; }

    public PackedStrings? Contexts { get; init; }

    /// <summary>In [0,1] as the classifier gave it.</summary>
    public double[]? Scores { get; init; }

    /// <summary>Truth: 1 violating, 0 safe, −1 unknown.</summary>
    public required sbyte[] Labels { get; init; }

    public required LabelDesign Design { get; init; }

    public LabelSource[]? LabelSources { get; init; }

    public Votes[]? Votes { get; init; }

    /// <summary>An independent second label: 1, 0, or −1 where there is none.</summary>
    public sbyte[]? SecondLabels { get; init; }

    /// <summary>UTC ticks; 0 where a row had no time.</summary>
    public long[]? Times { get; init; }

    /// <summary>Null when nothing says what is reference and what is current: then there is no comparison.</summary>
    public Period[]? Periods { get; init; }

    /// <summary>How often each content was seen.</summary>
    public double[]? Views { get; init; }

    public CodedColumn? Authors { get; init; }

    /// <summary>What people called each content when they coded a sheet by hand: sarcasm, quotation, label error.</summary>
    public CodedColumn? Codes { get; init; }

    /// <summary>Near-duplicate cluster of each row, numbered from 0, where they have been worked out.</summary>
    public int[]? Clusters { get; init; }

    /// <summary>Everything else that slices can be cut by: language, surface, tier, release, and any further column.</summary>
    public IReadOnlyList<CodedColumn> Columns { get; init; } = [];

    /// <summary>Columns of the log that are no kinds of content: nearly every row has a value of its own, or the values are long.</summary>
    public IReadOnlyList<string> ColumnsSetAside { get; init; } = [];

    public int Count => Verdicts.Length;

    public bool IsCurrent(int row) => Periods is null || Periods[row] == Period.Current;

    public CodedColumn? Column(string name) => Columns.FirstOrDefault(column => column.Name == name);

    /// <summary>The table of some of its rows, in the order given.</summary>
    public DecisionTable Select(int[] rows) => this with
    {
        Ids = Ids.Select(rows),
        Verdicts = Pick(Verdicts, rows)!,
        Texts = Texts?.Select(rows),
        Contexts = Contexts?.Select(rows),
        Scores = Pick(Scores, rows),
        Labels = Pick(Labels, rows)!,
        Design = Design is LabelDesign.Known known ? new LabelDesign.Known(Pick(known.InclusionProbabilities, rows)!) : Design,
        LabelSources = Pick(LabelSources, rows),
        Votes = Pick(Votes, rows),
        SecondLabels = Pick(SecondLabels, rows),
        Times = Pick(Times, rows),
        Periods = Pick(Periods, rows),
        Views = Pick(Views, rows),
        Authors = Pick(Authors, rows),
        Codes = Pick(Codes, rows),
        Clusters = null,
        Columns = [.. Columns.Select(column => Pick(column, rows)!)],
    };

    private static T[]? Pick<T>(T[]? values, int[] rows) => values is null ? null : Array.ConvertAll(rows, row => values[row]);

    private static CodedColumn? Pick(CodedColumn? column, int[] rows) =>
        column is null ? null : column with { Codes = column.Codes.Select(rows) };
}
