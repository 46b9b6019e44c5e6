using Microsoft.Data.Sqlite;

namespace Moderato.Server.Decisions;

/// <summary>An SQLite query that is parsed once; its parameters are @p0, @p1, … in order.</summary>
internal sealed class PreparedQuery
{
    private readonly SqliteCommand command;

    public PreparedQuery(SqliteConnection connection, string sql)
    {
        command = connection.CreateCommand();
        command.CommandText = sql;
        for (int i = 0; sql.Contains(PreparedStatement.Place(i), StringComparison.Ordinal); i++)
        {
            command.Parameters.Add(new SqliteParameter(PreparedStatement.Place(i), null));
        }
    }

    public SqliteDataReader Rows(SqliteTransaction transaction, params ReadOnlySpan<object> values)
    {
        command.Transaction = transaction;
        for (int i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i];
        }

        return command.ExecuteReader();
    }
}
