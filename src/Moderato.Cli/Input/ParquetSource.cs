using DuckDB.NET.Data;
using DuckDB.NET.Native;

namespace Moderato.Cli.Input;

/// <summary>
/// Parquet through DuckDB, streamed a vector at a time and every column as text. The vectors are read where they lie:
/// a reader that hands out a .NET object per cell costs more than everything that comes after it.
/// </summary>
internal sealed class ParquetSource : RowSource
{
    private readonly InputFile file;
    private readonly string path;
    private readonly bool spooled;
    private readonly DuckDBConnection connection;
    private readonly List<string> columns = [];
    private readonly List<string> expressions = [];
    private DuckDBPreparedStatement? statement;
    private DuckDBResult result;
    private long rows;

    public ParquetSource(InputFile file)
    {
        this.file = file;
        (path, spooled) = Seekable(file);
        connection = new DuckDBConnection("DataSource=:memory:");
        try
        {
            connection.Open();
            // A file never makes us fetch code, and reading needs little: what DuckDB may hold is bounded.
            Execute("SET autoinstall_known_extensions = false");
            Execute("SET memory_limit = '1GB'");
            Describe();
            Start();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public override IReadOnlyList<string> Columns => columns;

    public override bool Read(RowChunk chunk, BadRows bad, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        chunk.Clear(columns.Count);
        using var vectors = NativeMethods.StreamingResult.DuckDBStreamFetchChunk(result);
        if (vectors.IsInvalid)
        {
            if (NativeMethods.Query.DuckDBResultError(ref result) is { Length: > 0 } message)
            {
                throw Unreadable(message);
            }

            return false;
        }

        int count = (int)NativeMethods.DataChunks.DuckDBDataChunkGetSize(vectors);
        for (int row = 0; row < count; row++)
        {
            chunk.Begin(++rows);
        }

        int used = 0;
        for (int column = 0; column < columns.Count; column++)
        {
            used = Copy(NativeMethods.DataChunks.DuckDBDataChunkGetVector(vectors, column), count, column, chunk, used);
        }

        return true;
    }

    public override void Dispose()
    {
        if (statement is not null)
        {
            result.Close();
            statement.Dispose();
            statement = null;
        }

        connection.Dispose();
        if (spooled)
        {
            File.Delete(path);
        }
    }

    private static unsafe int Copy(IntPtr vector, int count, int column, RowChunk chunk, int used)
    {
        var strings = (DuckDBString*)NativeMethods.Vectors.DuckDBVectorGetData(vector);
        ulong* valid = NativeMethods.Vectors.DuckDBVectorGetValidity(vector);
        for (int row = 0; row < count; row++)
        {
            if (valid is not null && (valid[row >> 6] >> (row & 63) & 1) == 0)
            {
                continue;
            }

            int length = strings[row].Length;
            chunk.Hold(used, length);
            new ReadOnlySpan<byte>(strings[row].Data, length).CopyTo(chunk.Buffer.AsSpan(used));
            chunk.Set(row, column, used, length);
            used += length;
        }

        return used;
    }

    /// <summary>Parquet is read from its end: standard input and compressed files are copied first.</summary>
    private static (string Path, bool Spooled) Seekable(InputFile file)
    {
        if (file.Path is { } onDisk && onDisk.EndsWith(".parquet", StringComparison.OrdinalIgnoreCase))
        {
            return (onDisk, false);
        }

        string copy = System.IO.Path.GetTempFileName();
        using var from = file.Open();
        using var to = File.Create(copy);
        from.CopyTo(to);
        return (copy, true);
    }

    private string Table()
    {
        // In a list of patterns, a bracket stands for itself only inside brackets.
        string literal = path.Replace("[", "[[]", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal);
        return $"read_parquet('{literal}')";
    }

    private void Describe()
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM {Table()})";
        try
        {
            using var reader = command.ExecuteReader();
            while (reader.Read())
            {
                foreach (var (name, expression) in ParquetFields.Of(reader.GetString(0), reader.GetString(1)))
                {
                    columns.Add(name);
                    expressions.Add(expression);
                }
            }
        }
        catch (DuckDBException broken)
        {
            throw Unreadable(broken.Message);
        }
    }

    private void Start()
    {
        string list = string.Join(", ", expressions.Select(expression => $"{expression}::VARCHAR"));
        var native = connection.NativeConnection;
        if (NativeMethods.PreparedStatements.DuckDBPrepare(native, $"SELECT {list} FROM {Table()}", out statement) != DuckDBState.Success)
        {
            throw Unreadable(NativeMethods.PreparedStatements.DuckDBPrepareError(statement));
        }

        if (NativeMethods.PreparedStatements.DuckDBExecutePreparedStreaming(statement, out result) != DuckDBState.Success)
        {
            throw Unreadable(NativeMethods.Query.DuckDBResultError(ref result));
        }
    }

    private void Execute(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>DuckDB's own words may quote the path or a value; only what kind of damage it is goes on.</summary>
    private InputException Unreadable(string message) => new(
        file.Name,
        message.Contains("magic bytes", StringComparison.OrdinalIgnoreCase) || message.Contains("too small", StringComparison.OrdinalIgnoreCase)
            ? "this is no whole Parquet file: it breaks off, or is of another format"
            : "the Parquet file is damaged or of a kind that cannot be read",
        "export the file again, or as CSV");
}
