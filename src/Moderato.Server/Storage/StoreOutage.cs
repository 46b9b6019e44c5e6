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
}
