using System.Data.Common;
using Moderato.Decisions;
using Moderato.Server.Decisions;
using Moderato.Server.Keys;
using Moderato.Server.Storage;

namespace Moderato.Server.Reviews;

/// <summary>
/// The labels that a reviewer's verdict leaves. What waits for a person is chosen by its score and not at random, so they carry no
/// inclusion probability, and no rate is estimated from them.
/// </summary>
public static class ReviewLabels
{
    /// <summary>
    /// Violating: true in the categories that the reviewer named, and nothing is known of the others. Safe: false in all that the
    /// decision judged. Borderline is neither.
    /// </summary>
    public static IReadOnlyList<(string Category, bool Value)> Of(Decision decision, Verdict verdict, IReadOnlyList<string> categories) => verdict switch
    {
        Verdict.Violating => [.. categories.Distinct().Select(category => (category, true))],
        Verdict.Safe => [.. decision.Scores.Keys.Concat(decision.Category is { } category ? [category] : []).Distinct().Select(judged => (judged, false))],
        _ => [],
    };

    /// <summary>Adds those of one item, in the transaction that decides it.</summary>
    /// <param name="review">The item that was looked at; another one where this is closed with it.</param>
    internal static async Task AddAsync(
        DbConnection connection, DbTransaction transaction, Caller by, long item, long review, Verdict verdict, IReadOnlyList<string> categories, DateTimeOffset now,
        CancellationToken cancel)
    {
        Decision decision;
        await using (var command = connection.CreateCommand())
        {
            command.Transaction = transaction;
            command.CommandText = $"SELECT {DecisionRow.Columns} FROM decisions WHERE sequence = @sequence";
            command.Add("sequence", item);
            await using var row = await command.ExecuteReaderAsync(cancel);
            await row.ReadAsync(cancel);
            decision = DecisionRow.Read(row);
        }

        foreach (var (category, value) in Of(decision, verdict, categories))
        {
            await using var command = connection.CreateCommand();
            command.Transaction = transaction;
            command.CommandText =
                """
                INSERT INTO "Labels" ("Workspace", "ContentId", "Category", "Value", "Source", "Time", "Reviewer", "Review")
                VALUES (@workspace, @content, @category, @value, @source, @time, @reviewer, @review)
                """;
            command.Add("workspace", decision.Workspace);
            command.Add("content", decision.ContentId);
            command.Add("category", category);
            command.Add("value", value);
            command.Add("source", (short)LabelSource.Queue);
            command.Add("time", now.ToUnixTimeMilliseconds());
            command.Add("reviewer", by.Name);
            command.Add("review", review);
            await command.ExecuteNonQueryAsync(cancel);
        }
    }
}
