using System.Text;
using System.Text.Json;
using Moderato.Server.Decisions;
using Moderato.Server.Hosting;
using Moderato.Server.Storage;

namespace Moderato.Server.Reviews;

/// <summary>
/// Gives out what waits, the oldest first, under a lease: until it runs out nobody else gets the item. Restricted content is in a queue
/// of its own.
/// </summary>
public sealed class ReviewQueue(Store store)
{
    /// <summary>Time to read a thread and think; and what somebody left lying is back in the queue soon.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(10);

    /// <param name="key">Whose lease it is.</param>
    /// <returns>Null where nothing waits that nobody works on.</returns>
    public async Task<LeasedReview?> NextAsync(int workspace, int key, QueueFilter filter, DateTimeOffset now, CancellationToken cancel)
    {
        var until = DateTimeOffset.FromUnixTimeMilliseconds((now + Lease).ToUnixTimeMilliseconds());
        await using var connection = await store.OpenAsync(cancel);
        object? taken;
        await using (var take = connection.CreateCommand())
        {
            // The literal names the index of what waits, which a bound value does not.
            take.CommandText =
                $"""
                WITH oldest AS MATERIALIZED (
                  SELECT sequence FROM review_items
                  WHERE workspace = @workspace AND restricted = @restricted AND state = {ReviewQueries.Waiting} AND lease_until <= @now
                    {(filter.Category is null ? "" : "AND category = @category")} {(filter.Language is null ? "" : "AND language = @language")}
                  ORDER BY time, sequence LIMIT 1 {store.SkipLocked})
                UPDATE review_items SET lease_by = @key, lease_until = @until WHERE sequence IN (SELECT sequence FROM oldest) RETURNING sequence
                """;
            take.Add("workspace", workspace);
            take.Add("restricted", (short)(filter.Restricted ? 1 : 0));
            take.Add("now", now.ToUnixTimeMilliseconds());
            take.Add("key", key);
            take.Add("until", until.ToUnixTimeMilliseconds());
            if (filter.Category is { } category)
            {
                take.Add("category", category);
            }

            if (filter.Language is { } language)
            {
                take.Add("language", language);
            }

            taken = await take.ExecuteScalarAsync(cancel);
        }

        if (taken is not long sequence)
        {
            return null;
        }

        await using var command = connection.CreateCommand();

        // The text lies with the content's first decision; it may be gone, or never have been told.
        command.CommandText =
            """
            SELECT d.content_id, c.text, c.context, d.category, d.language, d.surface, d.policy, d.time, r.expires
            FROM review_items r JOIN decisions d ON d.sequence = r.sequence
            JOIN decisions f ON f.workspace = d.workspace AND f.content_id = d.content_id AND f.revision = 0
            LEFT JOIN contents c ON c.sequence = f.sequence
            WHERE r.sequence = @sequence
            """;
        command.Add("sequence", sequence);
        await using var row = await command.ExecuteReaderAsync(cancel);
        await row.ReadAsync(cancel);
        return new(
            DecisionId.Of(sequence),
            row.GetString(0),
            row.IsDBNull(1) ? null : Encoding.UTF8.GetString(row.GetFieldValue<byte[]>(1)),
            row.IsDBNull(2) ? null : JsonSerializer.Deserialize(row.GetFieldValue<byte[]>(2), ServerJson.Default.ContentContext),
            row.IsDBNull(3) ? null : row.GetString(3),
            row.GetString(4),
            row.IsDBNull(5) ? null : row.GetString(5),
            row.GetString(6),
            DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(7)),
            row.IsDBNull(8) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(8)),
            until);
    }
}

/// <summary>Which items somebody wants.</summary>
/// <param name="Category">The one that decided; null: whichever.</param>
/// <param name="Language">Null: whichever.</param>
/// <param name="Restricted">The queue of content in categories that the policy restricts, in place of the ordinary one.</param>
public sealed record QueueFilter(string? Category, string? Language, bool Restricted);
