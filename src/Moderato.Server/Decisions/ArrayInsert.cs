using Npgsql;
using NpgsqlTypes;

namespace Moderato.Server.Decisions;

/// <summary>Many rows in one PostgreSQL statement: each column is an array, and <c>unnest</c> makes rows of them.</summary>
internal sealed class ArrayInsert<TRow>(string table, string clause, IReadOnlyList<TRow> rows)
{
    private readonly List<string> names = [];
    private readonly List<NpgsqlParameter> arrays = [];

    public ArrayInsert<TRow> With<TValue>(string column, NpgsqlDbType type, Func<TRow, TValue> value)
    {
        names.Add(column);
        arrays.Add(new NpgsqlParameter<TValue[]> { ParameterName = column, NpgsqlDbType = NpgsqlDbType.Array | type, TypedValue = [.. rows.Select(value)] });
        return this;
    }

    public NpgsqlCommand Command(NpgsqlConnection connection)
    {
        var command = new NpgsqlCommand(
            $"INSERT INTO {table} ({string.Join(", ", names)}) SELECT * FROM unnest({string.Join(", ", names.Select(name => "@" + name))}) {clause}",
            connection);
        command.Parameters.AddRange(arrays.ToArray());
        return command;
    }

    /// <summary>Nothing is sent where there are no rows.</summary>
    public void Execute(NpgsqlConnection connection)
    {
        if (rows.Count > 0)
        {
            using var command = Command(connection);
            command.ExecuteNonQuery();
        }
    }
}
