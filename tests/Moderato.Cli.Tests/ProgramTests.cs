using Moderato.Cli;

namespace Moderato.Cli.Tests;

public sealed class ProgramTests
{
    [Fact]
    public async Task Help_is_printed_and_is_no_error()
    {
        using var output = new StringWriter();
        using var error = new StringWriter();

        int exit = await Program.Run(["--help"], output, error, TimeProvider.System);

        Assert.Equal(ExitCode.Done, exit);
        Assert.Contains("Content moderation that knows when it is wrong", output.ToString(), StringComparison.Ordinal);
        Assert.Empty(error.ToString());
    }
}
