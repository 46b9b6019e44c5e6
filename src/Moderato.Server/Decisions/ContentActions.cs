using Moderato.Server.Storage;
using Moderato.Server.Webhooks;

namespace Moderato.Server.Decisions;

/// <summary>What the platform did with a content, and how often it had been seen until then.</summary>
/// <param name="Action">One of <see cref="Known"/>.</param>
/// <param name="Views">Null where the platform does not count.</param>
public sealed record ContentAction(string Action, DateTimeOffset Time, long? Views)
{
    /// <summary>The actions that there are.</summary>
    public static IReadOnlyList<string> Known { get; } = ["published", "limited", "held", "removed", "restored"];
}

/// <summary>Keeps actions. The same action at the same time is one, with the most views that were told.</summary>
public sealed class ContentActions(Store store, Outbox outbox)
{
    internal const string Insert = "INSERT INTO actions (workspace, content_id, action, time, views, received)";

    internal const string Again =
        """
        ON CONFLICT (workspace, content_id, action, time) DO UPDATE
        SET views = CASE WHEN actions.views IS NULL OR excluded.views > actions.views THEN excluded.views ELSE actions.views END
        """;

    /// <returns>For each, whether its content is known; those of unknown contents are not kept.</returns>
    public async Task<IReadOnlyList<bool>> AddAsync(int workspace, IReadOnlyList<(string ContentId, ContentAction Action)> actions, DateTimeOffset now, CancellationToken cancel)
    {
        await using var connection = await store.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var known = new bool[actions.Count];
        for (int i = 0; i < known.Length; i++)
        {
            await using var command = connection.CreateCommand();
            command.Transaction = transaction;
            command.CommandText =
                $"""
                {Insert}
                SELECT @workspace, @content, @action, @time, @views, @now
                WHERE EXISTS (SELECT 1 FROM decisions WHERE workspace = @workspace AND content_id = @content)
                {Again}
                """;
            command.Add("workspace", workspace);
            command.Add("content", actions[i].ContentId);
            command.Add("action", actions[i].Action.Action);
            command.Add("time", actions[i].Action.Time.ToUnixTimeMilliseconds());
            command.AddNullable("views", actions[i].Action.Views);
            command.Add("now", now.ToUnixTimeMilliseconds());
            known[i] = await command.ExecuteNonQueryAsync(cancel) > 0;
            if (known[i])
            {
                await outbox.AddAsync(connection, transaction, workspace, actions[i].ContentId, new(EventKind.ActionRecorded, new() { Action = actions[i].Action }), now, cancel);
            }
        }

        await transaction.CommitAsync(cancel);
        return known;
    }
}
