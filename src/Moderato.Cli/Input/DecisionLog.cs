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

        return columns.Build();
    }
}
