using System.Text;
using Moderato.Decisions;
using Moderato.Investigation.Patterns;
using Moderato.Investigation.Sampling;

namespace Moderato.Cli.Input;

/// <summary>
/// Reads a filled coding sheet back (CONTRACT, "sample") and joins it to the decisions by id and category. A sheet without
/// <c>inclusion_probability</c> is one of false positives that were coded: its codes count, and labels stay the log's.
/// </summary>
internal static class LabelledSheet
{
    private const string Probability = "inclusion_probability";

    private sealed record Line(string Place, string Id, string Category, Period? Period, FilledLine Filled);

    /// <exception cref="InputException">The sheet lacks a column or any label, or too many of its lines cannot be read or are not among the decisions.</exception>
    public static IReadOnlyList<DecisionTable> Join(
        IReadOnlyList<DecisionTable> tables, InputFile sheet, double maxBadRows, List<string> assumed, CancellationToken cancel)
    {
        var bad = new BadRows();
        var lines = Read(sheet, bad, cancel, out bool codesOnly);
        var joined = new List<DecisionTable>();
        var found = new HashSet<Line>();
        foreach (var table in tables)
        {
            var own = Located(table, lines.Where(line => line.Category == table.Category || line.Category.Length == 0 || tables.Count == 1));
            found.UnionWith(own.Values);
            if (own.Count == 0)
            {
                joined.Add(table);
                continue;
            }

            var clustered = table with { Clusters = table.Clusters ?? (table.Texts is { } texts ? NearDuplicates.Cluster(texts) : null) };
            FilledLine[] filled = [.. own.Select(pair => pair.Value.Filled with { Row = pair.Key })];
            joined.Add(codesOnly ? FilledSheet.ApplyCodes(clustered, filled, assumed) : FilledSheet.Apply(clustered, filled, assumed));
        }

        foreach (var line in lines.Where(line => !found.Contains(line)))
        {
            bad.Add(line.Place, line switch
            {
                { Period: Period.Reference } when tables.All(table => table.Periods is null) =>
                    "column \"period\": drawn from a reference, and here nothing says what that is; give --since or --reference as `moderato sample` had it",
                _ when line.Id.Contains("E+", StringComparison.Ordinal) =>
                    "column \"id\": a spreadsheet has rewritten this id as a number; import the column as text",
                _ => "column \"id\": this id is not among the decisions",
            });
        }

        bad.Check(sheet.Name, found.Count + bad.Count, maxBadRows);
        if (codesOnly && lines.All(line => line.Filled.Code is null))
        {
            throw new InputException(sheet.Name, "no line has a code", "fill in column \"code\" with what each false positive is (docs/methods/hand-coding.md), or `moderato label` the sheet");
        }

        if (codesOnly && lines.Any(line => line.Filled.Label >= 0))
        {
            assumed.Add($"The labels in {sheet.Name} count for nothing, since it has no column \"{Probability}\"; its codes do.");
        }

        if (!codesOnly && lines.All(line => line.Filled.Label < 0))
        {
            throw new InputException(sheet.Name, "no line has a label", "fill in column \"label\": 1 for violating, 0 for safe");
        }

        return joined;
    }

    private static List<Line> Read(InputFile sheet, BadRows bad, CancellationToken cancel, out bool codesOnly)
    {
        codesOnly = false;
        using var source = RowSource.Open(sheet);
        var chunk = new RowChunk();
        var marks = new RowMarks(bad);
        var lines = new List<Line>();
        while (source.Read(chunk, bad, cancel))
        {
            var names = source.Columns.Select(name => name.ToLowerInvariant()).ToList();
            codesOnly = names.Contains("code") && !names.Contains(Probability);
            foreach (string needed in codesOnly ? (string[])["id", "code"] : ["id", "label", Probability])
            {
                if (!names.Contains(needed))
                {
                    throw new InputException(
                        sheet.Name, $"no column \"{needed}\"; there are {ColumnNames.List(source.Columns)}",
                        DidYouMean.Of(needed, names) is { } near ? $"rename column \"{near}\" to \"{needed}\"" : "use the sheet that `moderato sample` wrote, with its columns");
                }
            }

            marks.Begin(chunk, $"{sheet.Name}, line");
            for (int row = 0; row < chunk.Rows; row++)
            {
                if (LineOf(chunk, row, names, codesOnly, marks) is { } line)
                {
                    lines.Add(line);
                }
            }
        }

        return lines;
    }

    private static Line? LineOf(RowChunk chunk, int row, List<string> names, bool codesOnly, RowMarks marks)
    {
        var votes = Value<Votes>(chunk, row, names, "votes", Cell.Votes, default, marks);
        sbyte label = Value<sbyte>(chunk, row, names, "label", Cell.Label, -1, marks);
        if (label < 0 && votes.Known && votes.Violating * 2 != votes.All)
        {
            label = votes.Violating * 2 > votes.All ? (sbyte)1 : (sbyte)0;
        }

        double probability = Value(chunk, row, names, Probability, Cell.InclusionProbability, double.NaN, marks);
        if (double.IsNaN(probability) && !codesOnly)
        {
            marks.Refuse(row, $"column \"{Probability}\": empty; without it the label stands for nothing but itself");
        }

        var filled = new FilledLine(
            Row: -1,
            (int)Value<double>(chunk, row, names, "cluster_size", Cell.Views, 0, marks),
            probability,
            label,
            votes,
            Value<sbyte>(chunk, row, names, "second_label", Cell.Label, -1, marks),
            Text(chunk, row, names, "code") is { Length: > 0 } code ? code.Trim().ToLowerInvariant() : null);
        Period? period = Text(chunk, row, names, "period").Length == 0
            ? null : Value(chunk, row, names, "period", Cell.Period, Period.Current, marks);
        string id = SheetCell.Unguarded(Text(chunk, row, names, "id"));
        if (id.Length == 0)
        {
            marks.Refuse(row, "column \"id\": empty");
        }

        return marks.IsOut(row) ? null : new Line(marks.Place(row), id, Text(chunk, row, names, "category"), period, filled);
    }

    private static T Value<T>(RowChunk chunk, int row, List<string> names, string name, CellParser<T> parse, T missing, RowMarks marks)
    {
        int column = names.IndexOf(name);
        var cell = column < 0 ? default : chunk[row, column].Trim((byte)' ');
        if (cell.IsEmpty)
        {
            return missing;
        }

        if (parse(cell, out var value) is { } right)
        {
            marks.Refuse(row, name, cell, right);
        }

        return value;
    }

    private static string Text(RowChunk chunk, int row, List<string> names, string name) =>
        names.IndexOf(name) is var column && column < 0 ? "" : Encoding.UTF8.GetString(chunk[row, column]);

    /// <summary>The lines whose content is in the table, with its row. Of two lines for one content the last holds.</summary>
    private static Dictionary<int, Line> Located(DecisionTable table, IEnumerable<Line> lines)
    {
        var wanted = lines.ToLookup(line => Utf8Hash.Of(Encoding.UTF8.GetBytes(line.Id)));
        var located = new Dictionary<int, Line>();
        for (int row = 0; row < table.Count; row++)
        {
            var id = table.Ids.Utf8(row);
            foreach (var line in wanted[Utf8Hash.Of(id)])
            {
                if (line.Period is null || line.Period == (table.IsCurrent(row) ? Period.Current : Period.Reference))
                {
                    located[row] = line;
                }
            }
        }

        return located;
    }
}
