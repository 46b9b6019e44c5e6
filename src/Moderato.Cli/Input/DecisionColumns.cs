using Moderato.Decisions;

namespace Moderato.Cli.Input;

/// <summary>Reads decision files into columns, chunk by chunk, and leaves out rows that cannot be read.</summary>
internal sealed class DecisionColumns(DecisionQuery query)
{
    /// <summary>A column with more distinct values names things; it does not group them.</summary>
    public const int MostSliceValues = 100_000;

    private readonly List<(ReadColumn Column, int From)> bound = [];
    private readonly List<ReadColumn> absent = [];
    private readonly IdSet seen = new();
    private readonly RowChunk chunk = new();
    private int boundColumns = -1;
    private string currentFile = "";

    /// <summary>The columns that have a meaning of their own.</summary>
    public static IReadOnlyList<string> Ours { get; } =
    [
        "id", "text", "context", "category", "score", "verdict", "label", "inclusion_probability", "label_source",
        "votes", "second_label", "time", "period", "views", "author",
        "language", "locale", "surface", "tier", "release", "policy", "action",
    ];

    public DecisionQuery Query => query;

    public BadRows Bad { get; } = new();

    /// <summary>Rows kept so far.</summary>
    public int Kept { get; private set; }

    /// <summary>Rows of other categories than the one asked for.</summary>
    public long PassedOver { get; private set; }

    public List<string> FileNames { get; } = [];

    public TextColumn? Ids { get; private set; }

    public TextColumn? Texts { get; private set; }

    public TextColumn? Contexts { get; private set; }

    public RepeatedColumn? Categories { get; private set; }

    public RepeatedColumn? Authors { get; private set; }

    public ParsedColumn<double>? Scores { get; private set; }

    /// <summary>As the files have them; the verdicts that hold are in <see cref="Verdicts"/>.</summary>
    public ParsedColumn<Verdict>? GivenVerdicts { get; private set; }

    public ParsedColumn<sbyte>? Labels { get; private set; }

    public ParsedColumn<sbyte>? SecondLabels { get; private set; }

    public ParsedColumn<double>? InclusionProbabilities { get; private set; }

    public ParsedColumn<LabelSource>? LabelSources { get; private set; }

    public ParsedColumn<Votes>? Votes { get; private set; }

    public ParsedColumn<IsoTime>? Times { get; private set; }

    public ParsedColumn<Period>? GivenPeriods { get; private set; }

    public ParsedColumn<double>? Views { get; private set; }

    public Dictionary<string, RepeatedColumn> Slices { get; } = new(StringComparer.Ordinal);

    public Growing<Verdict> Verdicts { get; } = new();

    public Growing<Period> Periods { get; } = new();

    /// <summary>Where the first time with and the first without an offset stand.</summary>
    public (string? With, string? Without) Offsets { get; private set; }

    /// <summary>Rows whose verdict is another than the cuts give.</summary>
    public long VerdictsAgainstCuts { get; private set; }

    private const Verdict NoVerdict = (Verdict)byte.MaxValue;

    public void Read(InputFile file, Period period, CancellationToken cancel)
    {
        FileNames.Add(file.Name);
        (currentFile, boundColumns) = (file.Name, -1);
        using var source = RowSource.Open(file);
        var marks = new RowMarks(Bad);
        string place = $"{file.Name}, {(file.Format == InputFormat.Parquet ? "row" : "line")}";
        while (source.Read(chunk, Bad, cancel))
        {
            if (source.Columns.Count != boundColumns)
            {
                Bind(source.Columns);
            }

            marks.Begin(chunk, place);
            Add(marks, period);
        }

        if (boundColumns >= 0)
        {
            query.Map.Check(file.Name, [.. source.Columns]);
        }
    }

    public DecisionLog Build() => DecisionAssembly.Build(this);

    private void Bind(IReadOnlyList<string> names)
    {
        bool first = boundColumns < 0;
        bound.Clear();
        boundColumns = names.Count;
        var here = new HashSet<ReadColumn>();
        for (int i = 0; i < names.Count; i++)
        {
            foreach (string ours in query.Map.Ours(names[i]))
            {
                var column = Column(ours);
                if (here.Add(column))
                {
                    bound.Add((column, i));
                }
            }
        }

        absent.Clear();
        absent.AddRange(All().Where(column => !here.Contains(column)));
        if (first)
        {
            RequireDecision(names, here);
        }
    }

    private void RequireDecision(IReadOnlyList<string> names, HashSet<ReadColumn> here)
    {
        query.Map.Check(currentFile, [.. names]);
        bool hasScore = Scores is not null && here.Contains(Scores);
        bool hasVerdict = GivenVerdicts is not null && here.Contains(GivenVerdicts);
        if (!hasScore && !hasVerdict)
        {
            string? near = names.FirstOrDefault(name => DidYouMean.Of(name, ["score", "verdict"]) is not null);
            throw new InputException(
                currentFile, $"neither a column \"score\" nor a column \"verdict\"; there are {ColumnNames.List(names)}",
                near is not null ? $"did you mean --map {DidYouMean.Of(near, ["score", "verdict"])}={near}?" : "name the column that holds the classifier's score: --map score=COLUMN");
        }

        if (!hasVerdict && query.Cuts is null)
        {
            throw new InputException(
                currentFile, "no column \"verdict\", and no threshold that would tell it from the score",
                "give the threshold in force: --block-from 0.5, with --review-from 0.3 where people review what lies between");
        }

        if (query.Since is not null && (Times is null || !here.Contains(Times)))
        {
            throw new InputException(currentFile, "no column \"time\", which --since needs", "map it with --map time=COLUMN");
        }
    }

    private void Add(RowMarks marks, Period filePeriod)
    {
        int categoryFrom = FromOf(Categories);
        if (query.Category is { } wanted && categoryFrom >= 0)
        {
            PassOverOthers(marks, categoryFrom, System.Text.Encoding.UTF8.GetBytes(wanted));
        }

        foreach (var (column, from) in bound)
        {
            column.Check(chunk, from, marks);
        }

        CheckTimes(marks);
        bool scored = FromOf(Scores) >= 0;
        bool decided = FromOf(GivenVerdicts) >= 0;
        bool timed = FromOf(Times) >= 0;
        bool staged = FromOf(GivenPeriods) >= 0;
        int idFrom = FromOf(Ids);
        for (int row = 0; row < chunk.Rows; row++)
        {
            if (marks.IsOut(row))
            {
                continue;
            }

            double score = scored ? Scores!.Checked[row] : double.NaN;
            var verdict = decided ? GivenVerdicts!.Checked[row] : NoVerdict;
            if (verdict == NoVerdict && (double.IsNaN(score) || query.Cuts is null))
            {
                marks.Refuse(row, double.IsNaN(score) ? "neither a score nor a verdict" : "no verdict, and without --block-from the score does not tell it");
                continue;
            }

            var period = filePeriod;
            if (query.Since is { } since && filePeriod == Period.Current)
            {
                if (!timed || Times!.Checked[row].Ticks == 0)
                {
                    marks.Refuse(row, "column \"time\": empty, and --since needs a time");
                    continue;
                }

                period = Times.Checked[row].Ticks < since ? Period.Reference : Period.Current;
            }
            else if (staged && filePeriod == Period.Current)
            {
                period = GivenPeriods!.Checked[row];
            }

            if (idFrom >= 0 && IsRepeated(row, idFrom, categoryFrom, period))
            {
                marks.Refuse(row, "column \"id\": this id stands on an earlier line too; one row a content and category");
                continue;
            }

            if (query.Cuts is { } cuts && !double.IsNaN(score))
            {
                var told = cuts.Decide(score);
                VerdictsAgainstCuts += verdict != NoVerdict && verdict != told ? 1 : 0;
                verdict = verdict == NoVerdict ? told : verdict;
            }

            Verdicts.Add(verdict);
            Periods.Add(period);
        }

        Keep(marks.Staying());
    }

    private void Keep(ReadOnlySpan<int> rows)
    {
        foreach (var (column, from) in bound)
        {
            column.Keep(chunk, from, rows);
        }

        foreach (var column in absent)
        {
            column.KeepMissing(rows.Length);
        }

        Kept += rows.Length;
    }

    private void PassOverOthers(RowMarks marks, int categoryFrom, ReadOnlySpan<byte> wanted)
    {
        for (int row = 0; row < chunk.Rows; row++)
        {
            if (!chunk[row, categoryFrom].SequenceEqual(wanted))
            {
                marks.PassOver(row);
                PassedOver++;
            }
        }
    }

    private bool IsRepeated(int row, int idFrom, int categoryFrom, Period period)
    {
        var id = chunk[row, idFrom];
        ulong seed = (ulong)period + 1;
        return !id.IsEmpty && !seen.Add(Utf8Hash.Of(id, categoryFrom < 0 ? seed : Utf8Hash.Of(chunk[row, categoryFrom], seed)));
    }

    private void CheckTimes(RowMarks marks)
    {
        if (FromOf(Times) < 0 || Offsets is { With: not null, Without: not null })
        {
            return;
        }

        for (int row = 0; row < chunk.Rows; row++)
        {
            var time = Times!.Checked[row];
            if (time.Ticks != 0 && !marks.IsOut(row))
            {
                Offsets = time.HasOffset
                    ? Offsets with { With = Offsets.With ?? marks.Place(row) }
                    : Offsets with { Without = Offsets.Without ?? marks.Place(row) };
            }
        }
    }

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
        "score" => Scores ??= New(new ParsedColumn<double>(ours, Cell.Score, double.NaN)),
        "verdict" => GivenVerdicts ??= New(new ParsedColumn<Verdict>(ours, Cell.Verdict, NoVerdict)),
        "label" => Labels ??= New(new ParsedColumn<sbyte>(ours, Cell.Label, -1)),
        "second_label" => SecondLabels ??= New(new ParsedColumn<sbyte>(ours, Cell.Label, -1)),
        "inclusion_probability" => InclusionProbabilities ??= New(new ParsedColumn<double>(ours, Cell.InclusionProbability, double.NaN)),
        "label_source" => LabelSources ??= New(new ParsedColumn<LabelSource>(ours, Cell.Source, LabelSource.Unknown)),
        "votes" => Votes ??= New(new ParsedColumn<Votes>(ours, Cell.Votes, default)),
        "time" => Times ??= New(new ParsedColumn<IsoTime>(ours, Cell.Time, default)),
        "period" => GivenPeriods ??= New(new ParsedColumn<Period>(ours, Cell.Period, Period.Current)),
        "views" => Views ??= New(new ParsedColumn<double>(ours, Cell.Views, double.NaN)),
        _ => Slices.TryGetValue(ours, out var slice) ? slice : Slices[ours] = New(new RepeatedColumn(ours, MostSliceValues)),
    };

    private TColumn New<TColumn>(TColumn column)
        where TColumn : ReadColumn
    {
        column.KeepMissing(Kept);
        return column;
    }

    private IEnumerable<ReadColumn> All()
    {
        ReadColumn?[] ours =
        [
            Ids, Texts, Contexts, Categories, Authors, Scores, GivenVerdicts, Labels, SecondLabels, InclusionProbabilities,
            LabelSources, Votes, Times, GivenPeriods, Views,
        ];
        return ours.OfType<ReadColumn>().Concat(Slices.Values);
    }
}
