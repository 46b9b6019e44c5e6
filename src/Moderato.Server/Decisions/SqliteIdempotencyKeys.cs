using Microsoft.Data.Sqlite;

namespace Moderato.Server.Decisions;

/// <summary>The names of requests, in SQLite.</summary>
internal sealed class SqliteIdempotencyKeys(SqliteConnection connection) : IDisposable
{
    private readonly PreparedStatement upsert = new(
        connection,
        $"""
        INSERT INTO idempotency_keys (name, body, sent) VALUES ({PreparedStatement.Places(3)})
        ON CONFLICT DO UPDATE SET body = excluded.body, sent = excluded.sent WHERE sent <= {PreparedStatement.Place(3)}
        """);

    private readonly PreparedQuery select = new(connection, "SELECT body FROM idempotency_keys WHERE name = @p0");

    /// <summary>Keeps these, but for those that were sent with another body within <see cref="IdempotencyKey.Kept"/>.</summary>
    /// <returns>The latter.</returns>
    public IReadOnlySet<IdempotencyKey> Reused(IReadOnlySet<IdempotencyKey> keys, SqliteTransaction transaction) =>
        keys.Where(key => !Keep(key, transaction)).ToHashSet();

    public void Dispose() => upsert.Dispose();

    private bool Keep(IdempotencyKey key, SqliteTransaction transaction)
    {
        byte[] name = StoredHash.Bytes(key.Name);
        upsert.In(transaction)
            .Add(name).Add(StoredHash.Bytes(key.Body)).Add(key.Sent.ToUnixTimeMilliseconds()).Add((key.Sent - IdempotencyKey.Kept).ToUnixTimeMilliseconds())
            .Execute();
        using var row = select.Rows(transaction, name);
        row.Read();
        return StoredHash.Of(row.GetFieldValue<byte[]>(0)) == key.Body;
    }
}
