using Moderato.Server.Storage;

namespace Moderato.Server.Decisions;

/// <summary>Reads the decision log.</summary>
public sealed class DecisionQueries(Store store)
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
}
