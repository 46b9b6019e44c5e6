using System.Data.Common;
using System.Text;
using System.Text.Json;
using Moderato.Decisions;
using Moderato.Server.Decisions;
using Moderato.Server.Hosting;
using Moderato.Server.Reviews;
using Moderato.Server.Storage;

namespace Moderato.Server.Releases;

/// <summary>A content of the log with the decision that stands on it.</summary>
/// <param name="First">Where its first decision lies.</param>
/// <param name="Content">Null where its text is not kept, or not any more.</param>
/// <param name="IsBound">A person decided on it, or on the same text.</param>
public sealed record StandingDecision(PagePlace First, Decision Standing, Content? Content, bool IsBound);

/// <summary>Reads contents again, oldest first, to decide them once more.</summary>
public sealed class StoredContents(Store store)
{
    /// <summary>A content's first decision <c>f</c>, the one that stands <c>d</c>, and its text <c>c</c>.</summary>
    private static readonly string Select =
        $"""
        SELECT {string.Join(", ", DecisionRow.Columns.Split(", ").Select(column => "d." + column))}, f.time, f.sequence, c.text, c.context, c.author, c.written,
          CASE WHEN EXISTS (SELECT 1 FROM person_verdicts p WHERE p.workspace = f.workspace AND p.exact = f.exact AND {PersonVerdicts.Stands}) THEN 1 ELSE 0 END
        FROM decisions f
        JOIN decisions d ON d.workspace = f.workspace AND d.content_id = f.content_id
          AND d.revision = (SELECT max(l.revision) FROM decisions l WHERE l.workspace = f.workspace AND l.content_id = f.content_id)
        LEFT JOIN contents c ON c.sequence = f.sequence
        """;

    /// <summary>Contents whose first decision lies in a window.</summary>
    public async Task<long> CountAsync(int workspace, DateTimeOffset from, DateTimeOffset to, CancellationToken cancel)
    {
        await using var connection = await store.OpenAsync(cancel);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM decisions WHERE workspace = @workspace AND time >= @from AND time < @to AND revision = 0";
        command.Add("workspace", workspace);
        command.Add("from", from.ToUnixTimeMilliseconds());
        command.Add("to", to.ToUnixTimeMilliseconds());
        return (long)(await command.ExecuteScalarAsync(cancel))!;
    }

    /// <param name="after">The last one of the page before.</param>
    /// <param name="to">Not included.</param>
    /// <param name="every">1: all; else one in so many.</param>
    public async Task<IReadOnlyList<StandingDecision>> PageAsync(int workspace, PagePlace after, DateTimeOffset to, long every, int rows, CancellationToken cancel)
    {
        await using var connection = await store.OpenAsync(cancel);
        await using var command = connection.CreateCommand();
        command.CommandText =
            $"""
            {Select}
            WHERE f.workspace = @workspace AND (f.time, f.sequence) > (@time, @sequence) AND f.time < @to AND f.revision = 0 AND f.sequence % @every = 0
            ORDER BY f.time, f.sequence LIMIT @rows
            """;
        command.Add("workspace", workspace);
        command.Add("time", after.Milliseconds);
        command.Add("sequence", after.Sequence);
        command.Add("to", to.ToUnixTimeMilliseconds());
        command.Add("every", every);
        command.Add("rows", rows);
        return await ReadAsync(command, cancel);
    }

    /// <summary>Contents whose only decision is a provisional one of a window: whoever was to finish it has ended.</summary>
    public async Task<IReadOnlyList<StandingDecision>> UnfinishedAsync(int workspace, DateTimeOffset from, DateTimeOffset to, int rows, CancellationToken cancel)
    {
        await using var connection = await store.OpenAsync(cancel);
        await using var command = connection.CreateCommand();

        // The literal names the index of provisional decisions, which a bound value does not.
        command.CommandText =
            $"""
            {Select}
            WHERE f.workspace = @workspace AND f.time >= @from AND f.time < @to AND f.origin = {(int)DecisionOrigin.Provisional} AND f.revision = 0 AND d.sequence = f.sequence
            ORDER BY f.time, f.sequence LIMIT @rows
            """;
        command.Add("workspace", workspace);
        command.Add("from", from.ToUnixTimeMilliseconds());
        command.Add("to", to.ToUnixTimeMilliseconds());
        command.Add("rows", rows);
        return await ReadAsync(command, cancel);
    }

    private static async Task<IReadOnlyList<StandingDecision>> ReadAsync(DbCommand command, CancellationToken cancel)
    {
        var page = new List<StandingDecision>();
        await using var row = await command.ExecuteReaderAsync(cancel);
        while (await row.ReadAsync(cancel))
        {
            page.Add(Read(row));
        }

        return page;
    }

    private static StandingDecision Read(DbDataReader row)
    {
        const int Time = 20, Sequence = 21, Text = 22, Context = 23, Author = 24, Written = 25, Bound = 26;
        var standing = DecisionRow.Read(row);
        return new(
            new(row.GetInt64(Time), row.GetInt64(Sequence)),
            standing,
            row.IsDBNull(Text) ? null : new()
            {
                Id = standing.ContentId,
                Text = Encoding.UTF8.GetString(row.GetFieldValue<byte[]>(Text)),
                Context = row.IsDBNull(Context) ? null : JsonSerializer.Deserialize(row.GetFieldValue<byte[]>(Context), ServerJson.Default.ContentContext),
                Author = row.IsDBNull(Author) ? null : row.GetString(Author),
                Surface = standing.Surface,
                Language = standing.Language,
                Time = row.IsDBNull(Written) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(Written)),
            },
            row.GetInt32(Bound) == 1 || standing.Tier == OtherTier.Person);
    }
}
