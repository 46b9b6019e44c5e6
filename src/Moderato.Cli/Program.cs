using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Moderato.Classification;
using Moderato.Cli.Commands;
using Moderato.Cli.Commands.Releases;
using Moderato.Cli.Input;
using Moderato.Cli.Output;

namespace Moderato.Cli;

/// <summary>The executable <c>moderato</c>.</summary>
public static class Program
{
    public static Task<int> Main(string[] args) => Run(args, Terminal.OfProcess());

    /// <summary>Runs one command line as a caller would see it; tests call it with writers of their own.</summary>
    public static Task<int> Run(string[] args, TextWriter output, TextWriter error, TimeProvider time) => Run(args, new Terminal
    {
        Output = output,
        Error = error,
        Input = () => Stream.Null,
        OutputBytes = () => new TextWriterStream(output),
        Time = time,
    });

    public static async Task<int> Run(string[] args, Terminal terminal)
    {
        var root = Root(terminal);
        var parse = root.Parse(args);
        if (parse.Action is ParseErrorAction || WrongArguments.HasUnknownOption(parse))
        {
            return WrongArguments.Report(parse, terminal.Error);
        }

        try
        {
            int exit = await parse.InvokeAsync(new InvocationConfiguration
            {
                Output = terminal.Output,
                Error = terminal.Error,
                EnableDefaultExceptionHandler = false,
            });
            await terminal.Output.FlushAsync();
            return exit;
        }
        catch (InputException wrong)
        {
            await terminal.Error.WriteLineAsync($"error: {wrong.Place}: {wrong.Found}\n  try: {wrong.Remedy}");
            return ExitCode.WrongInput;
        }
        catch (UnusableFileException wrong)
        {
            await terminal.Error.WriteLineAsync($"error: {wrong.Place}: {wrong.Found}\n  try: {wrong.Remedy}");
            return ExitCode.WrongInput;
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Interrupted;
        }
        catch (IOException closed) when (OutputClosed.Is(closed))
        {
            // Whoever read our output (head, a pager) has seen enough.
            return ExitCode.Done;
        }
        catch (Exception defect)
        {
            // Where it happened, never what it was about: an exception's message may hold content.
            await terminal.Error.WriteLineAsync($"error: a defect of moderato ({defect.GetType().Name}); please report it with these lines\n{defect.StackTrace}");
            return ExitCode.Defect;
        }
    }

    private static RootCommand Root(Terminal terminal)
    {
        var root = new RootCommand("Content moderation that knows when it is wrong.");
        Command[] commands =
        [
            ClassifyCommand.Create(terminal),
            ServeCommand.Create(terminal),
            EvaluateCommand.Create(terminal),
            DriftCommand.Create(terminal),
            DemoCommand.Create(terminal),
            InvestigateCommand.Create(terminal),
            SampleCommand.Create(terminal),
            LabelCommand.Create(terminal),
            TuneCommand.Create(terminal),
            EstimateCommand.Create(terminal),
            TrainCommand.Create(terminal),
            ReleasesCommand.Create(terminal),
        ];
        foreach (var command in commands)
        {
            root.Subcommands.Add(command);
        }

        root.SetAction(parse => new HelpAction().Invoke(parse));
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithExamples((HelpAction)help.Action!);
        return root;
    }
}
