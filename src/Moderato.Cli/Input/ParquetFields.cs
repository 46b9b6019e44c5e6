namespace Moderato.Cli.Input;

/// <summary>The columns that a Parquet column comes to: a nested record is its fields, named by a dot as in JSON lines.</summary>
internal static class ParquetFields
{
    private const string Record = "STRUCT(";

    /// <param name="type">As DuckDB describes it: <c>STRUCT(hate DOUBLE, "two words" VARCHAR)</c>.</param>
    public static IEnumerable<(string Name, string Expression)> Of(string name, string type) => Of(name, Quoted(name), type);

    private static IEnumerable<(string Name, string Expression)> Of(string name, string expression, string type) =>
        type.StartsWith(Record, StringComparison.Ordinal) && type.EndsWith(')')
            ? Fields(type[Record.Length..^1]).SelectMany(field => Of($"{name}.{field.Name}", $"{expression}.{Quoted(field.Name)}", field.Type))
            : [(name, expression)];

    private static IEnumerable<(string Name, string Type)> Fields(string list)
    {
        int depth = 0, start = 0;
        bool quoted = false;
        for (int i = 0; i <= list.Length; i++)
        {
            if (i == list.Length || (list[i] == ',' && depth == 0 && !quoted))
            {
                yield return Field(list[start..i].Trim());
                start = i + 1;
                continue;
            }

            quoted ^= list[i] == '"';
            depth += quoted ? 0 : list[i] switch { '(' => 1, ')' => -1, _ => 0 };
        }
    }

    private static (string Name, string Type) Field(string field)
    {
        if (field[0] != '"')
        {
            int blank = field.IndexOf(' ', StringComparison.Ordinal);
            return (field[..blank], field[(blank + 1)..]);
        }

        int end = 1;
        while (field[end] != '"' || (end + 1 < field.Length && field[end + 1] == '"'))
        {
            end += field[end] == '"' ? 2 : 1;
        }

        return (field[1..end].Replace("\"\"", "\"", StringComparison.Ordinal), field[(end + 2)..]);
    }

    private static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
