using System.CommandLine;
using Moderato.Classification;
using Moderato.Cli.Input;

namespace Moderato.Cli;

/// <summary>The executable <c>moderato</c>.</summary>
public static class Program
{
    public static async Task<int> Main(string[] args) => await Run(args, Console.Out, Console.Error, TimeProvider.System);

    /// <summary>Runs one command line as a caller would see it; tests call it with writers of their own.</summary>
    public static async Task<int> Run(string[] args, TextWriter output, TextWriter error, TimeProvider time)
    {
        var root = new RootCommand("Content moderation that knows when it is wrong.");

        try
        {
            return await root.Parse(args).InvokeAsync(new InvocationConfiguration
            {
                Output = output,
                Error = error,
                EnableDefaultExceptionHandler = false,
            });
        }
        catch (InputException wrong)
        {
            await error.WriteLineAsync($"error: {wrong.Place}: {wrong.Found}\n  try: {wrong.Remedy}");
            return ExitCode.WrongInput;
        }
        catch (UnusableFileException wrong)
        {
            await error.WriteLineAsync($"error: {wrong.Place}: {wrong.Found}\n  try: {wrong.Remedy}");
            return ExitCode.WrongInput;
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Interrupted;
        }
    }
}
