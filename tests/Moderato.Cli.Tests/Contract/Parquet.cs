using DuckDB.NET.Data;

namespace Moderato.Cli.Tests.Contract;

internal static class Parquet
{
    /// <summary>The file, with what the query gives.</summary>
    public static string Of(string path, string query)
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"COPY ({query}) TO '{path}' (FORMAT parquet)";
        command.ExecuteNonQuery();
        return path;
    }
}
