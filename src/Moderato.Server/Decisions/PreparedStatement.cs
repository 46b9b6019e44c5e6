using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Moderato.Server.Decisions;

/// <summary>
/// An SQLite statement that is parsed once and changes rows: <c>statement.In(transaction).Add(1).Add("two").Execute()</c>. It talks to
/// SQLite itself: a command of Microsoft.Data.Sqlite finds its parameters by name and makes a reader each time, which costs more than
/// the insert. Values are added by type, so that none is boxed, and one that stands there already from the row before (a release, a
/// tier, a language) is not handed over again: SQLite keeps them.
/// </summary>
internal sealed class PreparedStatement : IDisposable
{
    private readonly sqlite3 database;
    private readonly sqlite3_stmt statement;
    private readonly Standing[] bound;
    private byte[] utf8 = new byte[256];
    private int places;

    public PreparedStatement(SqliteConnection connection, string sql)
    {
        database = connection.Handle!;
        SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v2(database, sql, out statement), database);
        bound = new Standing[raw.sqlite3_bind_parameter_count(statement)];
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

    public PreparedStatement Add(long value) => Stands(new(Kind.Number, value, null)) ? this : Bound(raw.sqlite3_bind_int64(statement, places, value));

    public PreparedStatement Add(long? value) => value is { } number ? Add(number) : Null();

    public PreparedStatement Add(byte[]? value) =>
        value is null ? Null() : Stands(new(Kind.Bytes, 0, value)) ? this : Bound(raw.sqlite3_bind_blob(statement, places, value));

    public PreparedStatement Add(string? value)
    {
        if (value is null)
        {
            return Null();
        }

        if (Stands(new(Kind.Text, 0, value)))
        {
            return this;
        }

        int most = Encoding.UTF8.GetMaxByteCount(value.Length);
        if (utf8.Length < most)
        {
            utf8 = new byte[most];
        }

        int length = Encoding.UTF8.GetBytes(value, utf8);
        return Bound(raw.sqlite3_bind_text(statement, places, utf8.AsSpan(0, length)));
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

    private PreparedStatement Null() => Stands(default) ? this : Bound(raw.sqlite3_bind_null(statement, places));

    /// <summary>Goes to the next place; whether that value, the very same object, stands there already.</summary>
    private bool Stands(Standing value)
    {
        ref var place = ref bound[places++];
        if (place.Kind == value.Kind && place.Number == value.Number && ReferenceEquals(place.Object, value.Object))
        {
            return true;
        }

        place = value;
        return false;
    }

    private PreparedStatement Bound(int result)
    {
        if (result != raw.SQLITE_OK)
        {
            // Nothing stands there that could be relied on.
            bound[places - 1] = new(Kind.Unknown, 0, null);
            SqliteException.ThrowExceptionForRC(result, database);
        }

        return this;
    }

    /// <summary>As SQLite begins: nothing anywhere.</summary>
    private enum Kind
    {
        Null,
        Number,
        Text,
        Bytes,
        Unknown,
    }

    private readonly record struct Standing(Kind Kind, long Number, object? Object);
}
