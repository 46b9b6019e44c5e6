using System.Diagnostics;
using System.Text;

namespace Moderato.Cli.Tests.Contract;

/// <summary>The built executable as a stranger runs it: a process with arguments, standard input, two streams and an exit code.</summary>
internal static class Executable
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "moderato.dll");

    public static Task<Answer> Run(params string[] arguments) => Run(arguments, []);

    public static async Task<Answer> Run(string[] arguments, byte[] input)
    {
        using var process = Start(arguments);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has seen enough.
        }

        await process.WaitForExitAsync();
        return new Answer(string.Join(' ', arguments), process.ExitCode, await output, await error);
    }

    /// <summary>Its streams are redirected, and it is the caller's to end.</summary>
    public static Process Start(params string[] arguments) => Start([Host], arguments);

    /// <summary>
    /// One that listens to SIGINT: what a shell starts in the background ignores it, and so does all that it starts in turn, the tests and
    /// their processes among them.
    /// </summary>
    public static Process StartInterruptible(params string[] arguments) => Start(["env", "--default-signal=INT", Host], arguments);

    private static string Host => Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet";

    private static Process Start(string[] command, string[] arguments)
    {
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = new UTF8Encoding(false),
            StandardErrorEncoding = new UTF8Encoding(false),
        };
        start.ArgumentList.Add(Program);
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }
}

/// <param name="Command">The arguments, to name it in a failure.</param>
internal sealed record Answer(string Command, int Exit, string Output, string Error)
{
    /// <summary>Done, one JSON document and nothing else, in the shape given.</summary>
    public System.Text.Json.JsonElement Json(Shape shape, int exit = ExitCode.Done)
    {
        Assert.True(Exit == exit, $"{Command}: exit {Exit}\n{Error}");
        Assert.DoesNotContain("   at ", Error, StringComparison.Ordinal);
        // A number that is none would not parse.
        using var document = System.Text.Json.JsonDocument.Parse(Output);
        var root = document.RootElement.Clone();
        Assert.True(shape.Misfits(root) is [], $"{Command}:\n{string.Join('\n', shape.Misfits(root))}");
        return root;
    }

    /// <summary>Wrong input, with place, cause and remedy on standard error, and nothing of a trace.</summary>
    public void Refuses()
    {
        Assert.True(Exit == ExitCode.WrongInput, $"{Command}: exit {Exit}\n{Output}{Error}");
        Assert.StartsWith("error: ", Error, StringComparison.Ordinal);
        Assert.Contains("\n  try: ", Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", Error, StringComparison.Ordinal);
    }
}
