using System.Globalization;

namespace Moderato.Cli.Output;

/// <summary>CSV as RFC 4180 has it, with a line feed at the end of each row; the caller chooses UTF-8 without a byte order mark.</summary>
public sealed class CsvWriter(TextWriter writer)
{
    private static readonly System.Buffers.SearchValues<char> MustQuote = System.Buffers.SearchValues.Create(",\"\r\n");
    private bool first = true;

    public CsvWriter Field(string? value)
    {
        Separate();
        if (value is null)
        {
            return this;
        }

        // Blanks at the ends would be lost by readers that trim.
        if (value.AsSpan().IndexOfAny(MustQuote) < 0 && (value.Length == 0 || (value[0] != ' ' && value[^1] != ' ')))
        {
            writer.Write(value);
            return this;
        }

        writer.Write('"');
        writer.Write(value.Replace("\"", "\"\"", StringComparison.Ordinal));
        writer.Write('"');
        return this;
    }

    public CsvWriter Field(double value) => double.IsNaN(value) ? Field((string?)null) : Field(value.ToString("R", CultureInfo.InvariantCulture));

    public CsvWriter Field(long value) => Field(value.ToString(CultureInfo.InvariantCulture));

    public void EndRow()
    {
        writer.Write('\n');
        first = true;
    }

    public void Row(params ReadOnlySpan<string> fields)
    {
        foreach (string field in fields)
        {
            Field(field);
        }

        EndRow();
    }

    private void Separate()
    {
        if (!first)
        {
            writer.Write(',');
        }

        first = false;
    }
}
