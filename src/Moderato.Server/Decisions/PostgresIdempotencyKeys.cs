using Npgsql;
using NpgsqlTypes;

namespace Moderato.Server.Decisions;

/// <summary>The names of requests, in PostgreSQL.</summary>
internal static class PostgresIdempotencyKeys
{
    /// <summary>Keeps these, but for those that were sent with another body within <see cref="IdempotencyKey.Kept"/>. Another node that has the same ones waits.</summary>
    /// <returns>The latter.</returns>
    public static IReadOnlySet<IdempotencyKey> Reused(NpgsqlConnection connection, IReadOnlySet<IdempotencyKey> keys)
    {
        if (keys.Count == 0)
        {
            return keys;
        }

        // Of those that are in this commit together the first takes the name; in the order of names, so that nodes wait for each other only one way round.
        List<IdempotencyKey> first = [.. keys.DistinctBy(key => key.Name).OrderBy(key => key.Name)];
        new ArrayInsert<IdempotencyKey>(
            "idempotency_keys",
            $"""
            ON CONFLICT (name) DO UPDATE SET body = excluded.body, sent = excluded.sent
            WHERE idempotency_keys.sent <= excluded.sent - {(long)IdempotencyKey.Kept.TotalMilliseconds}
            """,
            first)
            .With("name", NpgsqlDbType.Bytea, key => StoredHash.Bytes(key.Name))
            .With("body", NpgsqlDbType.Bytea, key => StoredHash.Bytes(key.Body))
            .With("sent", NpgsqlDbType.Bigint, key => key.Sent.ToUnixTimeMilliseconds())
            .Execute(connection);
        var bodies = Bodies(connection, first);
        return keys.Where(key => bodies[key.Name] != key.Body).ToHashSet();
    }

    private static Dictionary<UInt128, UInt128> Bodies(NpgsqlConnection connection, List<IdempotencyKey> keys)
    {
        using var command = new NpgsqlCommand("SELECT name, body FROM idempotency_keys WHERE name = ANY (@names)", connection);
        command.Parameters.AddWithValue("names", keys.ConvertAll(key => StoredHash.Bytes(key.Name)));
        using var rows = command.ExecuteReader();
        var bodies = new Dictionary<UInt128, UInt128>();
        while (rows.Read())
        {
            bodies.Add(StoredHash.Of(rows.GetFieldValue<byte[]>(0)), StoredHash.Of(rows.GetFieldValue<byte[]>(1)));
        }

        return bodies;
    }
}
