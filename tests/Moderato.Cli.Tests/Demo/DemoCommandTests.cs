using System.Text.Json;
using Moderato.Classification;
using Moderato.Releases;

namespace Moderato.Cli.Tests.Demo;

public sealed class DemoCommandTests
{
    [Fact]
    public async Task One_document_says_what_was_planted_what_was_found_and_what_the_fix_does()
    {
        NeedsTheShippedModel();
        using var folder = new TemporaryFolder();
        var (output, error) = (new StringWriter(), new StringWriter());

        int exit = await Program.Run(["demo", "--json", "--keep", folder["demo"]], output, error, TimeProvider.System);

        Assert.Equal((ExitCode.Done, ""), (exit, error.ToString()));
        using var document = JsonDocument.Parse(output.ToString());
        var root = document.RootElement;
        Assert.Equal("new-content", root.GetProperty("planted").GetString());
        Assert.Equal("new-content", root.GetProperty("diagnosed").GetString());
        double before = root.GetProperty("before").GetProperty("fpr").GetProperty("estimate").GetDouble();
        double after = root.GetProperty("after").GetProperty("fpr").GetProperty("estimate").GetDouble();
        Assert.True(after < before, $"{after} after {before}");
        Assert.True(root.GetProperty("after").GetProperty("fnr").GetProperty("n").GetInt64() > 0);
    }

    [Fact]
    public async Task The_story_keeps_to_80_columns_and_ends_with_the_files_and_the_next_command()
    {
        NeedsTheShippedModel();
        using var folder = new TemporaryFolder();
        var (output, error) = (new StringWriter(), new StringWriter());

        int exit = await Program.Run(["demo", "--keep", folder["demo"]], output, error, TimeProvider.System);

        Assert.Equal((ExitCode.Done, ""), (exit, error.ToString()));
        var lines = output.ToString().TrimEnd().Split('\n');
        Assert.All(lines, line => Assert.True(line.TrimEnd().Length <= 80, line));
        string ending = string.Join(' ', lines[^6..].Select(line => line.Trim()));
        Assert.Contains("report.html", ending, StringComparison.Ordinal);
        Assert.Contains("moderato investigate", ending, StringComparison.Ordinal);
        Assert.EndsWith("sheet.csv", ending, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_incident_is_refused_with_those_that_there_are()
    {
        var (output, error) = (new StringWriter(), new StringWriter());

        int exit = await Program.Run(["demo", "--incident", "weather"], output, error, TimeProvider.System);

        Assert.Equal(ExitCode.WrongInput, exit);
        Assert.Contains("mix-shift", error.ToString(), StringComparison.Ordinal);
    }

    private static void NeedsTheShippedModel()
    {
        try
        {
            ReleaseFile.LoadShipped();
        }
        catch (UnusableFileException unusable)
        {
            Assert.False(Environment.GetEnvironmentVariable("CI") == "true", unusable.Message);
            Assert.Skip($"{unusable.Place}: {unusable.Found}");
        }
    }
}
