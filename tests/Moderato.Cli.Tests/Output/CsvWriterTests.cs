using Moderato.Cli.Output;

namespace Moderato.Cli.Tests.Output;

public sealed class CsvWriterTests
{
    [Fact]
    public void What_would_break_a_row_is_quoted_and_nothing_else()
    {
        var written = new StringWriter();
        var csv = new CsvWriter(written);

        csv.Row("id", "a,b", "say \"no\"", "two\nlines", " edge");
        csv.Field((string?)null).Field(0.0391).Field(double.NaN).Field(-3).EndRow();

        Assert.Equal("id,\"a,b\",\"say \"\"no\"\"\",\"two\nlines\",\" edge\"\n,0.0391,,-3\n", written.ToString());
    }
}
