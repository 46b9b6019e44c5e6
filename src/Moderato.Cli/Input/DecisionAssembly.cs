using Moderato.Decisions;

namespace Moderato.Cli.Input;

/// <summary>Turns the columns that were read into a table a category, and says what had to be assumed.</summary>
internal static class DecisionAssembly
{
    private const int FewValues = 50;
    private const int RowsPerValue = 10;
    private const int LongestValue = 64;

    /// <exception cref="InputException">Nothing was read, too many rows were refused, or the columns contradict each other or the arguments.</exception>
    public static DecisionLog Build(DecisionColumns read)
    {
        var query = read.Query;
        string files = string.Join(" and ", read.FileNames.Take(3));
        long rows = read.Count + read.Bad.Count;
        read.Bad.Check(files, rows, query.MaxBadRows);
        if (read.Rows.Offsets is { With: { } with, Without: { } without })
        {
            throw new InputException(
                without, $"column \"time\": a time without an offset, but {with} has one", "give every time an offset (2026-03-01T14:05:00+02:00), or none");
        }

        if (rows == 0)
        {
            throw NoRows(read, files);
        }

        var assumed = new List<string>();
        var whole = Whole(read, assumed);
        var report = new ReadReport(rows, read.Count, read.Bad.Count, read.Bad.First, assumed);
        var categories = read.Categories?.Build();
        if (categories is null)
        {
            return new DecisionLog([whole with { Category = read.WideCategory ?? query.Category ?? "" }], report);
        }

        return new DecisionLog([.. Split(whole, categories, assumed)], report);
    }

    private static InputException NoRows(DecisionColumns read, string files) =>
        read is { PassedOver: > 0, Query.Category: { } wanted }
            ? new InputException(
                "--category", $"no row of {files} is of category \"{wanted}\"",
                DidYouMean.Of(wanted, read.OtherCategories) is { } near ? $"did you mean {near}?" : $"there are {ColumnNames.List(read.OtherCategories)}")
            : new InputException(files, "no rows", "a decision file has a row for each content and category");

    /// <summary>All rows as one table, the category aside.</summary>
    private static DecisionTable Whole(DecisionColumns read, List<string> assumed)
    {
        var query = read.Query;
        var scores = read.Scores?.Build();
        var (verdicts, periods) = read.Rows.Build();
        var labels = read.Labels?.Build() ?? [];
        if (labels.Length == 0)
        {
            labels = new sbyte[read.Count];
            Array.Fill(labels, (sbyte)-1);
        }

        var votes = read.Votes?.Build();
        LabelsFromVotes(labels, votes, assumed);
        var sources = read.LabelSources?.Build();
        if (read.Rows.VerdictsAgainstCuts > 0)
        {
            assumed.Add($"{read.Rows.VerdictsAgainstCuts} rows have another verdict than --review-from and --block-from give; the verdict as recorded holds.");
        }

        if (read.Unjudged > 0)
        {
            assumed.Add($"{read.Unjudged} contents have no score of {read.WideCategory}: they were not judged there and are left out.");
        }

        if (read.Rows.Offsets.Without is not null)
        {
            assumed.Add("Times have no offset; they are taken as UTC.");
        }

        return new DecisionTable
        {
            Category = "",
            Ids = read.Ids?.Build() ?? RowNumbers(read.Count),
            Verdicts = verdicts,
            IsDecided = read.Rows.Undecided == 0,
            Cuts = read.Rows.Cuts,
            Texts = read.Texts?.Build(),
            Contexts = read.Contexts?.Build(),
            Scores = scores,
            Labels = labels,
            Design = LabelDesigns.Of(labels, read.InclusionProbabilities?.Build(), sources, query.LabelsAreRandom, assumed),
            LabelSources = sources,
            Votes = votes,
            SecondLabels = read.SecondLabels?.Build(),
            Times = read.Times?.Build(),
            Periods = PeriodsOf(read, periods, assumed),
            Views = read.Views?.Build(),
            Authors = read.Authors?.Build(),
            Codes = read.Codes?.Build(),
            Columns = SlicesOf(read, out var setAside),
            ColumnsSetAside = setAside,
        };
    }

    private static void LabelsFromVotes(sbyte[] labels, Votes[]? votes, List<string> assumed)
    {
        long told = 0;
        for (int row = 0; row < (votes?.Length ?? 0); row++)
        {
            var vote = votes![row];
            if (labels[row] < 0 && vote.Known && vote.Violating * 2 != vote.All)
            {
                labels[row] = vote.Violating * 2 > vote.All ? (sbyte)1 : (sbyte)0;
                told++;
            }
        }

        if (told > 0)
        {
            assumed.Add($"{told} rows have votes but no label; the majority of the votes is taken as the label.");
        }
    }

    private static Period[]? PeriodsOf(DecisionColumns read, Period[] periods, List<string> assumed)
    {
        long reference = periods.LongCount(period => period == Period.Reference);
        if (reference > 0 && reference < periods.Length)
        {
            return periods;
        }

        if (read.Query.Since is { } since)
        {
            throw new InputException(
                "--since", $"every row is {(reference == 0 ? "at or after" : "before")} {new DateTime(since, DateTimeKind.Utc):yyyy-MM-ddTHH:mm:ssZ}",
                "give a time inside the log, so that there is a before and an after");
        }

        if (reference > 0)
        {
            throw new InputException(
                string.Join(" and ", read.FileNames.Take(3)), "every row is of the reference, none is current", "write \"current\" in column \"period\" for the rows to be judged");
        }

        if (read.Periods is not null)
        {
            assumed.Add("Column \"period\" says \"current\" everywhere; there is nothing to compare with.");
        }

        return null;
    }

    private static List<CodedColumn> SlicesOf(DecisionColumns read, out IReadOnlyList<string> setAside)
    {
        var kept = new List<CodedColumn>();
        var aside = new List<string>();
        foreach (var slice in read.Slices.Values)
        {
            var column = slice.GivenUp ? null : slice.Build();
            if (column is null
                || (column.Values.Count > FewValues && column.Values.Count > read.Count / RowsPerValue)
                || column.Values.Any(value => value.Length > LongestValue))
            {
                aside.Add(slice.Name);
            }
            else if (column.Values.Count > 0)
            {
                kept.Add(column);
            }
        }

        setAside = aside;
        return kept;
    }

    private static PackedStrings RowNumbers(int rows)
    {
        var ids = new PackedStrings.Builder();
        Span<char> number = stackalloc char[20];
        for (int row = 1; row <= rows; row++)
        {
            row.TryFormat(number, out int length);
            ids.Add(number[..length]);
        }

        return ids.Build();
    }

    private static IEnumerable<DecisionTable> Split(DecisionTable whole, CodedColumn categories, List<string> assumed)
    {
        if (categories.Values.Count <= 1 && !categories.Codes.Contains(CodedColumn.Missing))
        {
            yield return whole with { Category = categories.Values.Count == 1 ? categories.Values[0] : "" };
            yield break;
        }

        for (int code = CodedColumn.Missing; code < categories.Values.Count; code++)
        {
            int[] rows = RowsOf(categories.Codes, code);
            if (rows.Length == 0)
            {
                continue;
            }

            if (!rows.Any(whole.IsCurrent))
            {
                assumed.Add($"Only the reference has decisions on {(code == CodedColumn.Missing ? "no category" : ColumnNames.List([categories.Values[code]]))}; they are left out.");
            }
            else
            {
                var table = whole.Select(rows);
                yield return table with
                {
                    Category = code == CodedColumn.Missing ? "" : categories.Values[code],
                    Design = table.Labels.Any(label => label >= 0) ? table.Design : new LabelDesign.None(),
                };
            }
        }
    }

    private static int[] RowsOf(RowCodes codes, int code)
    {
        var rows = new Growing<int>();
        for (int row = 0; row < codes.Length; row++)
        {
            if (codes[row] == code)
            {
                rows.Add(row);
            }
        }

        return rows.Build();
    }
}
