using System.Text;

namespace Moderato.Cli.Input;

/// <summary>The names in a file's header.</summary>
internal static class ColumnNames
{
    private const int LongestShown = 40;

    /// <summary>The fields of a header line, without quotes and surrounding blanks; an empty one is called by its position.</summary>
    public static IReadOnlyList<string> Split(ReadOnlySpan<byte> line, byte separator)
    {
        var names = new List<string>();
        bool quoted = false;
        int start = 0;
        for (int i = 0; i <= line.Length; i++)
        {
            if (i < line.Length && line[i] == '"')
            {
                quoted = !quoted;
            }

            if (i == line.Length || (line[i] == separator && !quoted))
            {
                string name = Encoding.UTF8.GetString(line[start..i]).Trim();
                name = name.Length > 1 && name[0] == '"' && name[^1] == '"' ? name[1..^1].Replace("\"\"", "\"", StringComparison.Ordinal).Trim() : name;
                names.Add(name.Length > 0 ? name : $"column {names.Count + 1}");
                start = i + 1;
            }
        }

        return names;
    }

    /// <exception cref="InputException">A name stands twice.</exception>
    public static void RefuseRepeats(string file, IReadOnlyList<string> names)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (string name in names)
        {
            if (!seen.Add(name))
            {
                throw new InputException($"{file}, line 1", $"two columns are named {Shown(name)}", "give each column a name of its own");
            }
        }
    }

    /// <summary>Whether it could be a name; else it is content, and the file has no header.</summary>
    public static bool IsName(string name) =>
        name.Length <= LongestShown && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' or '/' or ' ') && name.Count(c => c == ' ') <= 3;

    /// <summary>A name in quotes; what looks like content only by its length.</summary>
    public static string Shown(string name) => IsName(name) ? $"\"{name}\"" : $"one of {name.Length} characters";

    public static string List(IEnumerable<string> names) => string.Join(", ", names.Select(Shown));
}
