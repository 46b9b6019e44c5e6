using Moderato.Decisions;
using Moderato.Server.Storage;

namespace Moderato.Server.Decisions;

/// <summary>Reads the decision log.</summary>
public sealed class DecisionQueries(Store store, Workspaces workspaces)
{
    public async Task<StoredDecision?> FindAsync(int workspace, long sequence, CancellationToken cancel)
    {
        await using var connection = await store.OpenAsync(cancel);
        await using var command = connection.CreateCommand();
        command.CommandText = $"{DecisionRow.Select} WHERE d.workspace = @workspace AND d.sequence = @sequence";
        command.Add("workspace", workspace);
        command.Add("sequence", sequence);
        await using var row = await command.ExecuteReaderAsync(cancel);
        return await row.ReadAsync(cancel) ? DecisionRow.ReadStored(row) : null;
    }

    /// <summary>A page, newest first, and where the next one begins when there is more.</summary>
    public async Task<(IReadOnlyList<StoredDecision> Page, PagePlace? Next)> SearchAsync(int workspace, DecisionSearch search, CancellationToken cancel)
    {
        await using var connection = await store.OpenAsync(cancel);
        await using var command = connection.CreateCommand();
        var where = new List<string> { search.Author is null ? "d.workspace = @workspace" : store.WrittenBy("d") };
        command.Add("workspace", workspace);
        if (search.Author is { } author)
        {
            command.Add("author", workspaces.AuthorOf(workspace, author));
        }

        void Where(string condition, string name, object? value)
        {
            if (value is not null)
            {
                where.Add(condition);
                command.Add(name, value);
            }
        }

        // "verdict > 0" names the index of flagged decisions, which a bound value does not.
        Where(search.Verdict == Verdict.Safe ? "d.verdict = @verdict" : "d.verdict > 0 AND d.verdict = @verdict", "verdict", (short?)search.Verdict);
        Where("d.category = @category", "category", search.Category);
        Where("d.release = @release", "release", search.Release);
        Where("d.content_id = @content", "content", search.ContentId);
        Where("d.time >= @from", "from", search.From?.ToUnixTimeMilliseconds());
        Where("d.time < @to", "to", search.To?.ToUnixTimeMilliseconds());
        Where("(d.time, d.sequence) < (@time, @sequence)", "time", search.After?.Milliseconds);
        if (search.After is { } after)
        {
            command.Add("sequence", after.Sequence);
        }

        // One content has few decisions: with the plus they are found by its id and sorted, without it SQLite walks through all by time.
        string time = search.ContentId is null ? "d.time" : "+d.time";
        command.CommandText = $"{DecisionRow.Select} WHERE {string.Join(" AND ", where)} ORDER BY {time} DESC, d.sequence DESC LIMIT @limit";
        command.Add("limit", search.Limit + 1);
        var page = new List<StoredDecision>();
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel))
        {
            page.Add(DecisionRow.ReadStored(rows));
        }

        if (page.Count <= search.Limit)
        {
            return (page, null);
        }

        page.RemoveAt(search.Limit);
        var last = page[^1].Decision;
        return (page, new(last.Time.ToUnixTimeMilliseconds(), last.Sequence));
    }
}
