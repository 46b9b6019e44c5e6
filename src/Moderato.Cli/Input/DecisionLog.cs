using Moderato.Decisions;

namespace Moderato.Cli.Input;

/// <summary>Decisions as they were read: a table a category, in the order in which the categories first appear.</summary>
public sealed record DecisionLog(IReadOnlyList<DecisionTable> Tables, ReadReport Report)
{
    /// <exception cref="InputException">The files or the arguments are wrong.</exception>
    public static DecisionLog Read(DecisionQuery query, CancellationToken cancel)
    {
        RefuseSameFile(query);
        var log = ReadFiles(query, cancel);
        if (query.Labelled.Count == 0)
        {
            return log;
        }

        var assumed = log.Report.Assumed.ToList();
        var tables = log.Tables;
        foreach (var sheet in query.Labelled)
        {
            tables = LabelledSheet.Join(tables, sheet, query.MaxBadRows, assumed, cancel);
        }

        return new DecisionLog(tables, log.Report with { Assumed = assumed });
    }

    private static DecisionLog ReadFiles(DecisionQuery query, CancellationToken cancel)
    {
        var columns = new DecisionColumns(query);
        foreach (var (file, period) in query.Reference.Select(file => (file, Period.Reference)).Concat(query.Files.Select(file => (file, Period.Current))))
        {
            columns.Read(file, period, cancel);
            if (columns.Undecided.Count > 0)
            {
                return OfEachCategory(query, file, columns.Undecided, cancel);
            }
        }

        return columns.Build();
    }

    /// <summary>A log with a score column for each category is read once for each.</summary>
    private static DecisionLog OfEachCategory(DecisionQuery query, InputFile file, IReadOnlyList<string> categories, CancellationToken cancel)
    {
        if (file.Path is null)
        {
            throw new InputException(file.Name, $"scores of {string.Join(", ", categories)}", "choose one with --category, or give a file, which can be read more than once");
        }

        var logs = categories.Select(category => ReadFiles(query with { Category = category }, cancel)).ToList();
        var reports = logs.Select(log => log.Report).ToList();
        return new DecisionLog(
            [.. logs.SelectMany(log => log.Tables)],
            new ReadReport(
                reports.Sum(report => report.Rows), reports.Sum(report => report.Read), reports.Sum(report => report.Rejected),
                [.. reports.SelectMany(report => report.Bad).Distinct()], [.. reports.SelectMany(report => report.Assumed).Distinct()]));
    }

    /// <exception cref="InputException">A file, or a copy or link of it, is its own reference.</exception>
    private static void RefuseSameFile(DecisionQuery query)
    {
        foreach (string reference in query.Reference.Select(file => file.Path).OfType<string>())
        {
            if (query.Files.Select(file => file.Path).OfType<string>().FirstOrDefault(current => SameContent.Of(reference, current)) is { } same)
            {
                throw new InputException(
                    "--reference",
                    Path.GetFullPath(reference) == Path.GetFullPath(same) ? $"{reference} is among DECISIONS too" : $"{reference} holds the same bytes as {same}",
                    "compare with the decisions of another time, or split one log with --since");
            }
        }
    }
}
