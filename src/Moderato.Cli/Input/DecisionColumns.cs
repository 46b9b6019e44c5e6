using System.Text;
using Moderato.Decisions;

namespace Moderato.Cli.Input;

/// <summary>Reads decision files into columns, chunk by chunk, and leaves out rows that cannot be read.</summary>
internal sealed class DecisionColumns(DecisionQuery query)
{
    /// <summary>A column with more distinct values names things; it does not group them.</summary>
    private const int MostSliceValues = 100_000;

    private const int MostCategoriesNamed = 10;

    private readonly List<(ReadColumn Column, int From)> bound = [];
    private readonly List<ReadColumn> absent = [];
    private readonly RowChunk chunk = new();
    private string currentFile = "";
    private WideScores? wide;

    /// <summary>The columns that have a meaning of their own.</summary>
    public static IReadOnlyList<string> Ours { get; } =
    [
        "id", "text", "context", "category", "score", "verdict", "label", "inclusion_probability", "label_source",
        "votes", "second_label", "time", "period", "views", "author", "code",
        "language", "locale", "surface", "tier", "release", "policy", "action",
    ];

    public DecisionQuery Query => query;

    /// <summary>Set when the log has a score column for each of several categories and none was asked for: nothing was read.</summary>
    public IReadOnlyList<string> Undecided { get; private set; } = [];

    public BadRows Bad { get; } = new();

    public DecisionRows Rows { get; } = new(query);

    /// <summary>Rows kept so far.</summary>
    public int Count { get; private set; }

    /// <summary>Rows of other categories than the one asked for.</summary>
    public long PassedOver { get; private set; }

    /// <summary>Some of these categories.</summary>
    public SortedSet<string> OtherCategories { get; } = new(StringComparer.Ordinal);

    /// <summary>Contents that have no score in the category, in a log with a score column for each.</summary>
    public long Unjudged { get; private set; }

    /// <summary>The category, where the log has a score column for each.</summary>
    public string? WideCategory => wide?.Category;

    public List<string> FileNames { get; } = [];

    public TextColumn? Ids { get; private set; }

    public TextColumn? Texts { get; private set; }

    public TextColumn? Contexts { get; private set; }

    public RepeatedColumn? Categories { get; private set; }

    public RepeatedColumn? Authors { get; private set; }

    public RepeatedColumn? Codes { get; private set; }

    public KeptColumn<double, double>? Scores { get; private set; }

    public ParsedColumn<Verdict>? Verdicts { get; private set; }

    public KeptColumn<sbyte, sbyte>? Labels { get; private set; }

    public KeptColumn<sbyte, sbyte>? SecondLabels { get; private set; }

    public KeptColumn<double, double>? InclusionProbabilities { get; private set; }

    public KeptColumn<LabelSource, LabelSource>? LabelSources { get; private set; }

    public KeptColumn<Votes, Votes>? Votes { get; private set; }

    public KeptColumn<IsoTime, long>? Times { get; private set; }

    public ParsedColumn<Period>? Periods { get; private set; }

    public KeptColumn<double, double>? Views { get; private set; }

    public Dictionary<string, RepeatedColumn> Slices { get; } = new(StringComparer.Ordinal);

    public void Read(InputFile file, Period period, CancellationToken cancel)
    {
        FileNames.Add(file.Name);
        currentFile = file.Name;
        using var source = RowSource.Open(file);
        var marks = new RowMarks(Bad);
        string place = $"{file.Name}, {(file.Format == InputFormat.Parquet ? "row" : "line")}";
        int columns = -1;
        while (source.Read(chunk, Bad, cancel))
        {
            if (columns < 0 && !ChooseScores(source.Columns))
            {
                return;
            }

            if (source.Columns.Count != columns)
            {
                Bind(source.Columns);
                if (columns < 0)
                {
                    RequireDecision(source.Columns);
                }

                columns = source.Columns.Count;
            }

            marks.Begin(chunk, place);
            Add(marks, period);
        }
    }

    public DecisionLog Build() => DecisionAssembly.Build(this);

    /// <returns>False when there are scores of several categories and the query does not say which.</returns>
    private bool ChooseScores(IReadOnlyList<string> names)
    {
        var categories = WideScores.Categories(names, query.Map);
        if (categories.Count == 0)
        {
            wide = null;
            return true;
        }

        if (query.Category is { } asked && !categories.Contains(asked))
        {
            throw new InputException(
                "--category", $"{currentFile} has no score of \"{asked}\"",
                DidYouMean.Of(asked, categories) is { } near ? $"did you mean {near}?" : $"there are scores of {string.Join(", ", categories)}");
        }

        if (query.Category is null && categories.Count > 1)
        {
            Undecided = categories;
            return false;
        }

        wide = new WideScores(query.Category ?? categories[0]);
        return true;
    }

    private void Bind(IReadOnlyList<string> names)
    {
        bound.Clear();
        for (int i = 0; i < names.Count; i++)
        {
            foreach (string ours in wide?.Ours(names[i], query.Map) ?? query.Map.Ours(names[i]))
            {
                var column = Column(ours);
                if (FromOf(column) < 0)
                {
                    bound.Add((column, i));
                }
            }
        }

        absent.Clear();
        absent.AddRange(All().Where(column => FromOf(column) < 0));
    }

    /// <exception cref="InputException">The file lacks what a decision is told by.</exception>
    private void RequireDecision(IReadOnlyList<string> names)
    {
        query.Map.Check(currentFile, names);
        if (query.VerdictsNeeded && FromOf(Scores) < 0 && FromOf(Verdicts) < 0)
        {
            string? near = names.FirstOrDefault(name => DidYouMean.Of(name, ["score", "verdict"]) is not null);
            throw new InputException(
                currentFile, $"neither a column \"score\" nor a column \"verdict\"; there are {ColumnNames.List(names)}",
                near is not null ? $"did you mean --map {DidYouMean.Of(near, ["score", "verdict"])}={near}?"
                    : names.All(ColumnNames.IsName) ? "name the column that holds the classifier's score: --map score=COLUMN"
                    : "the first line has to name the columns, as in id,text,score");
        }

        if (wide is not null && Rows.Cuts is null)
        {
            Rows.Cuts = wide.ShippedCuts(chunk, names.ToList().IndexOf("release"));
        }

        if (query.VerdictsNeeded && FromOf(Verdicts) < 0 && Rows.Cuts is null)
        {
            throw new InputException(
                currentFile, "no column \"verdict\", and no threshold that would tell it from the score",
                "give the threshold in force: --block-from 0.5, with --review-from 0.3 where people review what lies between");
        }

        if (query.Since is not null && FromOf(Times) < 0)
        {
            throw new InputException(currentFile, "no column \"time\", which --since needs", "map it with --map time=COLUMN");
        }
    }

    private void Add(RowMarks marks, Period period)
    {
        int category = FromOf(Categories);
        if (query.Category is { } wanted && category >= 0)
        {
            PassOverOthers(marks, category, Encoding.UTF8.GetBytes(wanted));
        }

        if (wide is not null)
        {
            PassOverUnjudged(marks, FromOf(Scores));
        }

        foreach (var (column, from) in bound)
        {
            column.Check(chunk, from, marks);
        }

        Rows.Judge(chunk, marks, period, Checked(Scores), Checked(Verdicts), Checked(Times), Checked(Periods));
        if (FromOf(Ids) is var id && id >= 0)
        {
            Rows.RefuseRepeats(chunk, marks, id, category);
        }

        var staying = marks.Staying();
        Rows.Keep(staying);
        foreach (var (column, from) in bound)
        {
            column.Keep(chunk, from, staying);
        }

        foreach (var column in absent)
        {
            column.KeepMissing(staying.Length);
        }

        Count += staying.Length;
    }

    private void PassOverOthers(RowMarks marks, int category, ReadOnlySpan<byte> wanted)
    {
        for (int row = 0; row < chunk.Rows; row++)
        {
            if (!chunk[row, category].SequenceEqual(wanted))
            {
                marks.PassOver(row);
                PassedOver++;
                if (OtherCategories.Count < MostCategoriesNamed)
                {
                    OtherCategories.Add(Encoding.UTF8.GetString(chunk[row, category]));
                }
            }
        }
    }

    /// <summary>A content without a score was not judged in this category, which is no mistake.</summary>
    private void PassOverUnjudged(RowMarks marks, int score)
    {
        for (int row = 0; row < chunk.Rows; row++)
        {
            if (chunk[row, score].IsEmpty)
            {
                marks.PassOver(row);
                Unjudged++;
            }
        }
    }

    /// <summary>The values of the chunk, where this file has the column.</summary>
    private T[]? Checked<T>(ParsedColumn<T>? column) => FromOf(column) >= 0 ? column!.Checked : null;

    private int FromOf(ReadColumn? column)
    {
        foreach (var (candidate, from) in bound)
        {
            if (ReferenceEquals(candidate, column))
            {
                return from;
            }
        }

        return -1;
    }

    private ReadColumn Column(string ours) => ours switch
    {
        "id" => Ids ??= New(new TextColumn(ours)),
        "text" => Texts ??= New(new TextColumn(ours)),
        "context" => Contexts ??= New(new TextColumn(ours)),
        "category" => Categories ??= New(new RepeatedColumn(ours)),
        "author" => Authors ??= New(new RepeatedColumn(ours)),
        "code" => Codes ??= New(new RepeatedColumn(ours)),
        "score" => Scores ??= New(Kept<double>(ours, Cell.Score, double.NaN)),
        "verdict" => Verdicts ??= New(new ParsedColumn<Verdict>(ours, Cell.Verdict, DecisionRows.NoVerdict)),
        "label" => Labels ??= New(Kept<sbyte>(ours, Cell.Label, -1)),
        "second_label" => SecondLabels ??= New(Kept<sbyte>(ours, Cell.Label, -1)),
        "inclusion_probability" => InclusionProbabilities ??= New(Kept<double>(ours, Cell.InclusionProbability, double.NaN)),
        "label_source" => LabelSources ??= New(Kept<LabelSource>(ours, Cell.Source, LabelSource.Unknown)),
        "votes" => Votes ??= New(Kept<Votes>(ours, Cell.Votes, default)),
        "time" => Times ??= New(new KeptColumn<IsoTime, long>(ours, Cell.Time, default, time => time.Ticks)),
        "period" => Periods ??= New(new ParsedColumn<Period>(ours, Cell.Period, Period.Current)),
        "views" => Views ??= New(Kept<double>(ours, Cell.Views, double.NaN)),
        _ => Slices.TryGetValue(ours, out var slice) ? slice : Slices[ours] = New(new RepeatedColumn(ours, MostSliceValues)),
    };

    private static KeptColumn<T, T> Kept<T>(string name, CellParser<T> parse, T missing) => new(name, parse, missing, value => value);

    private TColumn New<TColumn>(TColumn column)
        where TColumn : ReadColumn
    {
        column.KeepMissing(Count);
        return column;
    }

    private IEnumerable<ReadColumn> All()
    {
        ReadColumn?[] ours =
        [
            Ids, Texts, Contexts, Categories, Authors, Codes, Scores, Verdicts, Labels, SecondLabels, InclusionProbabilities,
            LabelSources, Votes, Times, Periods, Views,
        ];
        return ours.OfType<ReadColumn>().Concat(Slices.Values);
    }
}
