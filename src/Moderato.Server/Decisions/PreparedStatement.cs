using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Moderato.Server.Decisions;

/// <summary>
/// An SQLite statement that is parsed once and changes rows; its parameters are @p0, @p1, … in order. It talks to SQLite itself: a
/// command of Microsoft.Data.Sqlite finds its parameters by name and makes a reader each time, which costs more than the insert.
/// </summary>
internal sealed class PreparedStatement : IDisposable
{
    private readonly sqlite3 database;
    private readonly sqlite3_stmt statement;

    public PreparedStatement(SqliteConnection connection, string sql)
    {
        database = connection.Handle!;
        SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v2(database, sql, out statement), database);
    }

    /// <summary>"@p0, @p1, …": as many places for values.</summary>
    public static string Places(int count) => string.Join(", ", Enumerable.Range(0, count).Select(Place));

    public static string Place(int index) => FormattableString.Invariant($"@p{index}");

    /// <param name="transaction">An open one of the connection: without it each statement would be a commit of its own.</param>
    /// <param name="values">Whole numbers, texts, bytes and nulls.</param>
    /// <returns>How many rows it changed.</returns>
    /// <exception cref="SqliteException">SQLite refused it.</exception>
    public int Execute(SqliteTransaction transaction, params ReadOnlySpan<object?> values)
    {
        ObjectDisposedException.ThrowIf(transaction.Connection is null, transaction);
        try
        {
            for (int i = 0; i < values.Length; i++)
            {
                SqliteException.ThrowExceptionForRC(Bind(i + 1, values[i]), database);
            }

            int result = raw.sqlite3_step(statement);
            return result == raw.SQLITE_DONE ? raw.sqlite3_changes(database) : throw Refused(result);
        }
        finally
        {
            raw.sqlite3_reset(statement);
        }
    }

    public void Dispose() => statement.Dispose();

    private int Bind(int place, object? value) => value switch
    {
        null => raw.sqlite3_bind_null(statement, place),
        long number => raw.sqlite3_bind_int64(statement, place, number),
        int number => raw.sqlite3_bind_int64(statement, place, number),
        string text => raw.sqlite3_bind_text(statement, place, text),
        byte[] bytes => raw.sqlite3_bind_blob(statement, place, bytes),
        _ => throw new ArgumentException($"A {value.GetType().Name} cannot be bound.", nameof(value)),
    };

    private SqliteException Refused(int result) => new(raw.sqlite3_errmsg(database).utf8_to_string(), result & 0xFF, result);
}
