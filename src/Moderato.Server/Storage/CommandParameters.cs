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
}
