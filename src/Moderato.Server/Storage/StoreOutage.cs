using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using SQLitePCL;

namespace Moderato.Server.Storage;

/// <summary>Which failures are the store's own state and may pass (locked, full, restarted), and no defect of what was asked of it.</summary>
public static class StoreOutage
{
    public static bool Is(Exception failure) => failure switch
    {
        SqliteException { SqliteErrorCode: raw.SQLITE_BUSY or raw.SQLITE_LOCKED or raw.SQLITE_FULL or raw.SQLITE_IOERR or raw.SQLITE_CANTOPEN or raw.SQLITE_READONLY } => true,
        PostgresException { SqlState: PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown } => true,
        NpgsqlException { IsTransient: true } => true,

        // What EF Core puts around it; PostgreSQL's provider puts both, the one in the other.
        DbUpdateException { InnerException: { } inner } => Is(inner),
        InvalidOperationException { InnerException: { } inner } => Is(inner),
        _ => false,
    };

    /// <summary>The store's own code (PostgreSQL's SQLSTATE, SQLite's extended result code), which unlike a message holds nothing of a content; null where it gave none.</summary>
    public static string? CodeOf(Exception? failure) => failure switch
    {
        null => null,
        SqliteException sqlite => string.Create(CultureInfo.InvariantCulture, $"SQLite {sqlite.SqliteExtendedErrorCode}"),
        DbException { SqlState: { } state } => $"SQLSTATE {state}",
        _ => CodeOf(failure.InnerException),
    };
}
