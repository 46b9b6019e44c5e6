using Moderato.Decisions;

namespace Moderato.Cli.Input;

/// <summary>Decisions as they were read: a table a category, in the order in which the categories first appear.</summary>
public sealed record DecisionLog(IReadOnlyList<DecisionTable> Tables, ReadReport Report)
{
    /// <exception cref="InputException">The files or the arguments are wrong.</exception>
    public static DecisionLog Read(DecisionQuery query, CancellationToken cancel)
    {
        var columns = new DecisionColumns(query);
        foreach (var file in query.Reference)
        {
            columns.Read(file, Period.Reference, cancel);
        }

        foreach (var file in query.Files)
        {
            columns.Read(file, Period.Current, cancel);
        }

        var log = columns.Build();
        if (query.Labelled is not { } sheet)
        {
            return log;
        }

        var assumed = log.Report.Assumed.ToList();
        var tables = LabelledSheet.Join(log.Tables, sheet, query.MaxBadRows, assumed, cancel);
        return new DecisionLog(tables, log.Report with { Assumed = assumed });
    }
}
