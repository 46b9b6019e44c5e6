using Microsoft.Data.Sqlite;

namespace Moderato.Server.Decisions;

/// <summary>An SQLite statement that is parsed once; its parameters are @p0, @p1, … in order.</summary>
internal sealed class PreparedStatement
{
    private readonly SqliteCommand command;

    public PreparedStatement(SqliteConnection connection, string sql)
    {
        command = connection.CreateCommand();
        command.CommandText = sql;
        for (int i = 0; sql.Contains(Name(i), StringComparison.Ordinal); i++)
        {
            command.Parameters.Add(new SqliteParameter(Name(i), null));
        }
    }

    /// <summary>"@p0, @p1, …": as many places for values.</summary>
    public static string Places(int count) => string.Join(", ", Enumerable.Range(0, count).Select(Name));

    /// <returns>How many rows it changed.</returns>
    public int Execute(SqliteTransaction transaction, params ReadOnlySpan<object?> values)
    {
        Bind(transaction, values);
        return command.ExecuteNonQuery();
    }

    public SqliteDataReader Query(SqliteTransaction transaction, params ReadOnlySpan<object?> values)
    {
        Bind(transaction, values);
        return command.ExecuteReader();
    }

    private void Bind(SqliteTransaction transaction, ReadOnlySpan<object?> values)
    {
        command.Transaction = transaction;
        for (int i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        }
    }

    private static string Name(int index) => FormattableString.Invariant($"@p{index}");
}
