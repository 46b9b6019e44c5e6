using System.Data;
using System.Data.Common;

namespace Moderato.Server.Storage;

/// <summary>Parameters that both drivers understand.</summary>
internal static class CommandParameters
{
    /// <param name="name">Without the @ that it has in the SQL.</param>
    public static void Add(this DbCommand command, string name, object? value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value ?? DBNull.Value;
        command.Parameters.Add(parameter);
    }

    /// <summary>A number that may be absent: PostgreSQL has to be told the type of nothing.</summary>
    public static void AddNullable(this DbCommand command, string name, long? value)
    {
        command.Add(name, value);
        command.Parameters[command.Parameters.Count - 1].DbType = DbType.Int64;
    }
}
