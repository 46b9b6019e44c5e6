using Moderato.Cli.Output;
using Moderato.Investigation.Findings;
using Moderato.Tests.Investigation.Report;

namespace Moderato.Cli.Tests.Output;

public sealed class InvestigationSummaryTests
{
    public static TheoryData<string> Incidents => [.. SampleFindings.All.Select(sample => sample.Name)];

    [Theory]
    [MemberData(nameof(Incidents))]
    public void Fits_a_screen_of_80_by_40(string incident)
    {
        string[] lines = Summary(SampleFindings.All.Single(sample => sample.Name == incident).Findings).Split('\n');
        TestContext.Current.TestOutputHelper!.WriteLine(string.Join('\n', lines));

        Assert.All(lines, line => Assert.InRange(WrappedText.Cells(line), 0, 80));
        Assert.InRange(lines.Length, 5, 40);
    }

    [Fact]
    public void Answers_first_and_ends_with_the_files_and_the_next_command()
    {
        string[] lines = Summary(SampleFindings.NewContent).TrimEnd().Split('\n');

        Assert.Equal("The false positives come from game chat that was not there before 28 October.", lines[0]);
        Assert.StartsWith("Report       out/report.html, out/report.json", lines[^2], StringComparison.Ordinal);
        Assert.StartsWith("Next         moderato tune decisions.csv", lines[^1], StringComparison.Ordinal);
        int[] order = [.. new[] { "How sure", "Do now", "false-positive rate", "1 Patterns", "2 Shift", "3 Confidence", "Plan", "Not assessed", "Label next" }
            .Select(head => Array.FindIndex(lines, line => line.StartsWith(head, StringComparison.Ordinal)))];
        Assert.Equal(order.Order(), order);
        Assert.DoesNotContain(-1, order);
    }

    [Fact]
    public void Says_which_category_it_is_about_where_the_log_has_several()
    {
        string summary = Summary(SampleFindings.NewContent with { Category = "toxicity", Others = [SampleFindings.Unlabelled with { Category = "hate" }] });

        Assert.Contains("Category     toxicity, the worst of 2 in this log; --category shows hate.", summary, StringComparison.Ordinal);
        Assert.DoesNotContain("Category", Summary(SampleFindings.NewContent), StringComparison.Ordinal);
    }

    [Fact]
    public void Says_the_same_with_and_without_colour()
    {
        string plain = Summary(SampleFindings.NewContent), coloured = Summary(SampleFindings.NewContent, colour: true);

        Assert.DoesNotContain('\u001b', plain);
        Assert.Equal(plain, System.Text.RegularExpressions.Regex.Replace(coloured, "\u001b\\[[0-9;]*m", ""));
    }

    [Fact]
    public void What_a_file_holds_cannot_move_the_cursor_nor_set_a_colour()
    {
        var findings = SampleFindings.NewContent with
        {
            Answer = "\u001b[2J[red]all gone[/]",
            NotAssessed = [new NotAssessed("\u001b]8;;x\u0007 [bold]", "")],
        };

        string summary = Summary(findings);

        Assert.DoesNotContain(summary, c => c != '\n' && char.IsControl(c));
        Assert.Contains("[red]all gone[/]", summary, StringComparison.Ordinal);
    }

    private static string Summary(InvestigationFindings findings, bool colour = false)
    {
        using var output = new StringWriter { NewLine = "\n" };
        var terminal = new Terminal
        {
            Output = output,
            Error = TextWriter.Null,
            Input = () => Stream.Null,
            OutputBytes = () => Stream.Null,
            Time = TimeProvider.System,
            Colour = colour,
        };
        InvestigationSummary.Write(terminal, findings, TimeZoneInfo.Utc, ["out/report.html", "out/report.json"], "moderato tune decisions.csv");
        return output.ToString();
    }
}
