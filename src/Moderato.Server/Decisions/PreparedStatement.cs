using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Moderato.Server.Decisions;

/// <summary>
/// An SQLite statement that is parsed once and changes rows: <c>statement.In(transaction).Add(1).Add("two").Execute()</c>. It talks to
/// SQLite itself: a command of Microsoft.Data.Sqlite finds its parameters by name and makes a reader each time, which costs more than
/// the insert. Values are added by type, so that none is boxed.
/// </summary>
internal sealed class PreparedStatement : IDisposable
{
    private readonly sqlite3 database;
    private readonly sqlite3_stmt statement;
    private byte[] utf8 = new byte[256];
    private int places;

    public PreparedStatement(SqliteConnection connection, string sql)
    {
        database = connection.Handle!;
        SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v2(database, sql, out statement), database);
    }

    /// <summary>"@p0, @p1, …": as many places for values.</summary>
    public static string Places(int count) => string.Join(", ", Enumerable.Range(0, count).Select(Place));

    public static string Place(int index) => FormattableString.Invariant($"@p{index}");

    /// <summary>Begins a row of values, in the order of their places.</summary>
    /// <param name="transaction">An open one of the connection: without it each statement would be a commit of its own.</param>
    public PreparedStatement In(SqliteTransaction transaction)
    {
        ObjectDisposedException.ThrowIf(transaction.Connection is null, transaction);
        places = 0;
        return this;
    }

    public PreparedStatement Add(long value) => Bound(raw.sqlite3_bind_int64(statement, ++places, value));

    public PreparedStatement Add(long? value) => value is { } number ? Add(number) : Null();

    public PreparedStatement Add(byte[]? value) => value is null ? Null() : Bound(raw.sqlite3_bind_blob(statement, ++places, value));

    public PreparedStatement Add(string? value)
    {
        if (value is null)
        {
            return Null();
        }

        int most = Encoding.UTF8.GetMaxByteCount(value.Length);
        if (utf8.Length < most)
        {
            utf8 = new byte[most];
        }

        int length = Encoding.UTF8.GetBytes(value, utf8);
        return Bound(raw.sqlite3_bind_text(statement, ++places, utf8.AsSpan(0, length)));
    }

    /// <returns>How many rows it changed.</returns>
    /// <exception cref="SqliteException">SQLite refused it.</exception>
    public int Execute()
    {
        try
        {
            int result = raw.sqlite3_step(statement);
            return result == raw.SQLITE_DONE
                ? raw.sqlite3_changes(database)
                : throw new SqliteException(raw.sqlite3_errmsg(database).utf8_to_string(), result & 0xFF, result);
        }
        finally
        {
            raw.sqlite3_reset(statement);
        }
    }

    public void Dispose() => statement.Dispose();

    private PreparedStatement Null() => Bound(raw.sqlite3_bind_null(statement, ++places));

    private PreparedStatement Bound(int result)
    {
        SqliteException.ThrowExceptionForRC(result, database);
        return this;
    }
}
