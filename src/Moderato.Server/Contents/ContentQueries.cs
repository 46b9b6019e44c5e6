using System.Data.Common;
using System.Text;
using System.Text.Json;
using Moderato.Decisions;
using Moderato.Server.Hosting;
using Moderato.Server.Storage;

namespace Moderato.Server.Contents;

/// <summary>Reads, ages and erases what users wrote. The decisions on it stay, and so does every count.</summary>
public sealed class ContentQueries(Store store, Workspaces workspaces)
{
    /// <summary>Texts deleted in one transaction, so that no decision waits long.</summary>
    private const int AtOnce = 1_000;

    /// <summary>The content as it was sent; null where it is unknown or its text is gone.</summary>
    public async Task<Content?> FindAsync(int workspace, string contentId, CancellationToken cancel)
    {
        await using var connection = await store.OpenAsync(cancel);
        await using var command = connection.CreateCommand();
        command.CommandText =
            """
            SELECT d.content_id, c.text, c.context, c.author, d.surface, d.language, c.written
            FROM decisions d JOIN contents c ON c.sequence = d.sequence
            WHERE d.workspace = @workspace AND d.content_id = @content
            """;
        command.Add("workspace", workspace);
        command.Add("content", contentId);
        await using var row = await command.ExecuteReaderAsync(cancel);
        return await row.ReadAsync(cancel) ? Read(row) : null;
    }

    /// <summary>Erases the text, the context and the author's id of one content, and the author from its decisions.</summary>
    /// <returns>How many texts there were.</returns>
    public Task<int> EraseContentAsync(int workspace, string contentId, CancellationToken cancel) => EraseAsync(
        "workspace = @workspace AND content_id = @content",
        command =>
        {
            command.Add("workspace", workspace);
            command.Add("content", contentId);
        },
        cancel);

    /// <summary>The same for everything that an author wrote.</summary>
    public Task<int> EraseAuthorAsync(int workspace, string author, CancellationToken cancel) => EraseAsync(
        store.WrittenBy("decisions"),
        command =>
        {
            command.Add("workspace", workspace);
            command.Add("author", workspaces.AuthorOf(workspace, author));
        },
        cancel);

    /// <summary>Deletes the texts that were stored before a time.</summary>
    /// <returns>How many.</returns>
    public async Task<int> DeleteStoredBeforeAsync(DateTimeOffset time, CancellationToken cancel)
    {
        int deleted = 0;
        int last;
        do
        {
            await using var connection = await store.OpenAsync(cancel);
            await using var command = connection.CreateCommand();
            command.CommandText = "DELETE FROM contents WHERE sequence IN (SELECT sequence FROM contents WHERE stored < @time ORDER BY stored LIMIT @most)";
            command.Add("time", time.ToUnixTimeMilliseconds());
            command.Add("most", AtOnce);
            deleted += last = await command.ExecuteNonQueryAsync(cancel);
        }
        while (last == AtOnce);
        return deleted;
    }

    private async Task<int> EraseAsync(string which, Action<DbCommand> bind, CancellationToken cancel)
    {
        int erased;
        await using (var connection = await store.OpenAsync(cancel))
        {
            await using var transaction = await connection.BeginTransactionAsync(cancel);
            erased = await Execute($"DELETE FROM contents WHERE sequence IN (SELECT sequence FROM decisions WHERE {which})");
            await Execute($"UPDATE decisions SET author = NULL WHERE {which}");
            await transaction.CommitAsync(cancel);

            async Task<int> Execute(string sql)
            {
                await using var command = connection.CreateCommand();
                command.Transaction = transaction;
                command.CommandText = sql;
                bind(command);
                return await command.ExecuteNonQueryAsync(cancel);
            }
        }

        await store.ForgetDeletedAsync(cancel);
        return erased;
    }

    private static Content Read(DbDataReader row) => new()
    {
        Id = row.GetString(0),
        Text = Encoding.UTF8.GetString(row.GetFieldValue<byte[]>(1)),
        Context = row.IsDBNull(2) ? null : JsonSerializer.Deserialize(row.GetFieldValue<byte[]>(2), ServerJson.Default.ContentContext),
        Author = row.IsDBNull(3) ? null : row.GetString(3),
        Surface = row.IsDBNull(4) ? null : row.GetString(4),
        Language = row.GetString(5),
        Time = row.IsDBNull(6) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(6)),
    };
}
