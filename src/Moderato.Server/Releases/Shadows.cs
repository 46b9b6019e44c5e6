using System.Data.Common;
using Moderato.Decisions;
using Moderato.Releases;
using Moderato.Server.Storage;

namespace Moderato.Server.Releases;

/// <summary>What a shadow said of a content that was answered by the releases in force.</summary>
/// <param name="Said">Null where it did not decide: a later tier failed without which it does not.</param>
public sealed record ShadowDecision(Decision Answered, string Release, Decision? Said);

/// <summary>Shadows' decisions, in a table of their own: no count, no queue and no export has them.</summary>
public sealed class Shadows(Store store)
{
    /// <summary>In one transaction, so that no decision waits long.</summary>
    private const int DeletedAtOnce = 1_000;

    public async Task AddAsync(IReadOnlyList<ShadowDecision> decisions, CancellationToken cancel)
    {
        await using var connection = await store.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        foreach (var (answered, release, said) in decisions)
        {
            await using var command = connection.CreateCommand();
            command.Transaction = transaction;
            command.CommandText =
                """
                INSERT INTO shadow_decisions (workspace, release, sequence, time, live_release, live_verdict, live_category, verdict, category, scores, language, surface)
                VALUES (@workspace, @release, @sequence, @time, @live_release, @live_verdict, @live_category, @verdict, @category, @scores, @language, @surface)
                ON CONFLICT DO NOTHING
                """;
            command.Add("workspace", answered.Workspace);
            command.Add("release", release);
            command.Add("sequence", answered.Sequence);
            command.Add("time", answered.Time.ToUnixTimeMilliseconds());
            command.Add("live_release", answered.Release);
            command.Add("live_verdict", (short)answered.Verdict);
            command.Add("live_category", answered.Category);
            command.Add("verdict", (short?)said?.Verdict);
            command.Add("category", said?.Category);
            command.Add("scores", said is null ? null : PackedScores.Pack(said.Scores));
            command.Add("language", answered.Language);
            command.Add("surface", answered.Surface);
            await command.ExecuteNonQueryAsync(cancel);
        }

        await transaction.CommitAsync(cancel);
    }

    public async Task<ShadowSummary> SummaryAsync(int workspace, string release, CancellationToken cancel)
    {
        await using var connection = await store.OpenAsync(cancel);
        await using var command = connection.CreateCommand();
        command.CommandText =
            """
            SELECT live_verdict, live_category, verdict, category, language, surface, count(*), min(time), max(time) FROM shadow_decisions
            WHERE workspace = @workspace AND release = @release GROUP BY live_verdict, live_category, verdict, category, language, surface
            """;
        command.Add("workspace", workspace);
        command.Add("release", release);
        var tally = new VerdictTally();
        long notDecided = 0, first = long.MaxValue, last = long.MinValue;
        await using var row = await command.ExecuteReaderAsync(cancel);
        while (await row.ReadAsync(cancel))
        {
            (first, last) = (Math.Min(first, row.GetInt64(7)), Math.Max(last, row.GetInt64(8)));
            if (row.IsDBNull(2))
            {
                notDecided += row.GetInt64(6);
            }
            else
            {
                tally.Add(new((Verdict)row.GetInt16(0), (Verdict)row.GetInt16(2), Text(row, 1), Text(row, 3), row.GetString(4), Text(row, 5)), row.GetInt64(6));
            }
        }

        return new(
            release, Time(first, long.MaxValue), Time(last, long.MinValue), notDecided,
            tally.ToComparison("contents decided while it was the shadow", "all that it had the time for"));
    }

    /// <summary>Deletes what one release said as a shadow before a time. Its rows lie in the order in which they came, so it stops at the first that are young.</summary>
    /// <returns>How many.</returns>
    public async Task<int> DeleteBeforeAsync(int workspace, string release, DateTimeOffset time, CancellationToken cancel)
    {
        int deleted = 0;
        int last;
        do
        {
            await using var connection = await store.OpenAsync(cancel);
            await using var command = connection.CreateCommand();
            command.CommandText =
                """
                DELETE FROM shadow_decisions WHERE workspace = @workspace AND release = @release AND time < @time AND sequence IN (
                  SELECT sequence FROM shadow_decisions WHERE workspace = @workspace AND release = @release ORDER BY sequence LIMIT @most)
                """;
            command.Add("workspace", workspace);
            command.Add("release", release);
            command.Add("time", time.ToUnixTimeMilliseconds());
            command.Add("most", DeletedAtOnce);
            deleted += last = await command.ExecuteNonQueryAsync(cancel);
        }
        while (last == DeletedAtOnce);
        return deleted;
    }

    private static string? Text(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static DateTimeOffset? Time(long milliseconds, long none) => milliseconds == none ? null : DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
}

/// <summary>What a shadow said, against what was answered.</summary>
/// <param name="NotDecided">Contents that it refused, since a later tier failed.</param>
public sealed record ShadowSummary(string Release, DateTimeOffset? First, DateTimeOffset? Last, long NotDecided, ReleaseComparison Against);
