using System.Globalization;
using Moderato.Decisions;
using Moderato.Investigation.Findings;
using Moderato.Investigation.Patterns.Signals;

namespace Moderato.Investigation.Patterns;

/// <summary>
/// What contents can be told apart by: the log's own columns, and what can be worked out of text, time and author.
/// </summary>
/// <param name="Columns">Of few values each, dictionary-coded.</param>
/// <param name="Signals">The signals of each text; null where there is no text.</param>
/// <param name="LeftOut">What cannot be sliced by, and why.</param>
public sealed record SliceColumns(
    IReadOnlyList<CodedColumn> Columns, TextSignal[]? Signals, IReadOnlyList<NotAssessed> LeftOut)
{
    /// <summary>A column of more values is no kind of content but a name for each.</summary>
    public const int MostValues = 200;

    private const int NumberBandCount = 5;

    public static SliceColumns Of(DecisionTable table)
    {
        var columns = new List<CodedColumn>();
        var leftOut = new List<NotAssessed>();
        foreach (var column in table.Columns)
        {
            Add(column, columns, leftOut);
        }

        leftOut.AddRange(table.ColumnsSetAside.Select(name =>
            new NotAssessed($"slices by {name}", "nearly every row has a value of its own, or the values are long; group them into kinds to slice by it")
            {
                Step = Steps.Patterns,
            }));

        if (table.Texts is { } texts)
        {
            columns.Add(LengthBands(texts));
            leftOut.AddRange(NoSignal);
        }

        columns.AddRange(TimeColumns.Of(table));
        return new(columns, table.Texts is null ? null : TextSignals.Of(table.Texts), leftOut);
    }

    /// <summary>Each signal as a column of one value, for those who want columns.</summary>
    public IReadOnlyList<CodedColumn> SignalColumns() => Signals is null ? [] :
    [
        .. TextSignals.All.Select(signal => new CodedColumn(
            SliceFeatures.SignalName, RowCodes.Build(Signals.Length, 1, row => (Signals[row] & signal.Signal) != 0 ? 0 : CodedColumn.Missing), [signal.Name])),
    ];

    /// <summary>As it stands beside other columns: every signal is a column of its own.</summary>
    public static string FullName(CodedColumn column) => column.Name == SliceFeatures.SignalName ? $"{column.Name} {column.Values[0]}" : column.Name;

    /// <summary>What people ask for and no pattern on the surface of a text can tell.</summary>
    private static IReadOnlyList<NotAssessed> NoSignal { get; } =
    [
        new("sarcasm and satire", "most of it carries no marker: 7 of 867 tweets that their authors call sarcastic have one; the hand-coded sample is what tells") { Step = Steps.Patterns },
        new("topics", "texts that say alike things in other words are told apart by their terms only; a column with the topic tells more") { Step = Steps.Patterns },
        new("dialect", "only spellings of African American, Scots and Caribbean English are looked for; a language column or labels of reviewers who speak it tell more") { Step = Steps.Patterns },
        new("in-group use of slurs", "only phrases in which authors say what they are are looked for; the author's group is not known") { Step = Steps.Patterns },
    ];

    private static void Add(CodedColumn column, List<CodedColumn> columns, List<NotAssessed> leftOut)
    {
        var rows = new int[column.Values.Count];
        int filled = 0;
        foreach (int code in column.Codes)
        {
            if (code >= 0)
            {
                rows[code]++;
                filled++;
            }
        }

        int values = rows.Count(count => count > 0);
        if (values <= 1 && filled == column.Codes.Length)
        {
            return;
        }

        if (values <= MostValues && values <= Math.Max(10, filled / 2))
        {
            columns.Add(column);
        }
        else if (NumberBands(column, rows, filled) is { } bands)
        {
            columns.Add(bands);
        }
        else
        {
            leftOut.Add(new(
                $"slices by {column.Name}",
                string.Create(CultureInfo.InvariantCulture, $"{values} different values in {filled} rows: more than {MostValues}, or nearly one a row; group them into kinds to slice by it"))
            { Step = Steps.Patterns });
        }
    }

    /// <summary>A column of numbers in five bands of about equal size; null where not all of it are numbers.</summary>
    /// <param name="rows">Rows of each value.</param>
    private static CodedColumn? NumberBands(CodedColumn column, int[] rows, int filled)
    {
        var numbers = new double[column.Values.Count];
        for (int code = 0; code < numbers.Length; code++)
        {
            if (rows[code] > 0 && !(double.TryParse(column.Values[code], CultureInfo.InvariantCulture, out numbers[code]) && double.IsFinite(numbers[code])))
            {
                return null;
            }
        }

        double[] edges = Edges(numbers, rows, filled);
        string[] names = [.. Enumerable.Range(0, edges.Length + 1).Select(band =>
            band == 0 ? Name($"below {edges[0]}") : band == edges.Length ? Name($"{edges[^1]} and more") : Name($"{edges[band - 1]} to {edges[band]}"))];
        int[] bandOf = Array.ConvertAll(numbers, number => edges.Count(edge => number >= edge));
        return new(
            column.Name,
            RowCodes.Build(column.Codes.Length, names.Length, row => column.Codes[row] is var code and >= 0 ? bandOf[code] : CodedColumn.Missing),
            names);

        static string Name(FormattableString name) => name.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>The numbers at equal steps of the sorted rows, each once: counted, for there are fewer values than rows.</summary>
    private static double[] Edges(double[] numbers, int[] rows, int filled)
    {
        int[] ascending = [.. Enumerable.Range(0, numbers.Length).Where(code => rows[code] > 0).OrderBy(code => numbers[code])];
        var edges = new List<double>();
        long below = 0;
        int band = 1;
        foreach (int code in ascending)
        {
            below += rows[code];
            for (; band < NumberBandCount && (long)filled * band / NumberBandCount < below; band++)
            {
                if (edges.Count == 0 || edges[^1] != numbers[code])
                {
                    edges.Add(numbers[code]);
                }
            }
        }

        return [.. edges];
    }

    private static CodedColumn LengthBands(PackedStrings texts)
    {
        ReadOnlySpan<int> most = [0, 20, 80, 200, 500, 2000];
        var codes = new RowCodes.Builder();
        for (int row = 0; row < texts.Count; row++)
        {
            int characters = 0;
            foreach (byte unit in texts.Utf8(row))
            {
                characters += (unit & 0xC0) != 0x80 ? 1 : 0;
            }

            int band = 0;
            while (band < most.Length && characters > most[band])
            {
                band++;
            }

            codes.Add(band);
        }

        return new("length", codes.Build(), ["empty", "1–20 characters", "21–80 characters", "81–200 characters", "201–500 characters", "501–2000 characters", "over 2000 characters"]);
    }
}
