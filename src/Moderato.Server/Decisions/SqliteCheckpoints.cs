using Microsoft.Data.Sqlite;

namespace Moderato.Server.Decisions;

/// <summary>
/// Moves what commits wrote to the write-ahead log into the database file, on a connection and thread of its own: done within a
/// commit, as SQLite does by itself, it would make every hundredth answer wait for the disk twice.
/// </summary>
internal sealed class SqliteCheckpoints : IDisposable
{
    /// <summary>A log of this size is worth moving.</summary>
    private const long Worthwhile = 4 << 20;

    /// <summary>From here on the writer itself begins the log anew, since under constant load nobody else finds the moment.</summary>
    private const long TooLarge = 64 << 20;

    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(250);

    private readonly SqliteConnection own;
    private readonly SqliteConnection writer;
    private readonly FileInfo log;
    private readonly ManualResetEventSlim stopping = new();
    private readonly Thread thread;

    /// <param name="own">An open connection that nobody else uses.</param>
    /// <param name="writer">The connection that commits; only its thread calls <see cref="BeginAnewWhenTooLarge"/>.</param>
    public SqliteCheckpoints(SqliteConnection own, SqliteConnection writer)
    {
        (this.own, this.writer) = (own, writer);
        log = new(own.DataSource + "-wal");
        Execute(writer, "PRAGMA wal_autocheckpoint = 0;");
        thread = new(Run) { IsBackground = true, Name = "moderato checkpoints" };
        thread.Start();
    }

    public void BeginAnewWhenTooLarge()
    {
        if (Size() > TooLarge)
        {
            Execute(writer, "PRAGMA wal_checkpoint(TRUNCATE);");
        }
    }

    public void Dispose()
    {
        stopping.Set();
        thread.Join();
        Execute(writer, "PRAGMA wal_checkpoint(TRUNCATE);");
        own.Dispose();
        stopping.Dispose();
    }

    private void Run()
    {
        while (!stopping.Wait(Every))
        {
            if (Size() > Worthwhile)
            {
                Execute(own, "PRAGMA wal_checkpoint(PASSIVE);");
            }
        }
    }

    private long Size()
    {
        log.Refresh();
        return log.Exists ? log.Length : 0;
    }

    /// <summary>A checkpoint that finds the store busy or the disk full is tried again; the commits are safe in the log.</summary>
    private static void Execute(SqliteConnection connection, string pragma)
    {
        try
        {
            using var command = connection.CreateCommand();
            command.CommandText = pragma;
            command.ExecuteNonQuery();
        }
        catch (SqliteException)
        {
        }
    }
}
