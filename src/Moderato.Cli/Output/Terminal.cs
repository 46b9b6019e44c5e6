using System.Text.Json;
using Moderato.Decisions;
using Spectre.Console;

namespace Moderato.Cli.Output;

/// <summary>What surrounds a command: its streams, its clock, and whether a person is watching.</summary>
public sealed record Terminal
{
    /// <summary>Columns that output keeps to unless more are asked for.</summary>
    public const int DefaultWidth = 80;

    /// <summary>Standard output: results, and one JSON document with <c>--json</c>.</summary>
    public required TextWriter Output { get; init; }

    /// <summary>Standard error: errors always, progress and warnings only when a person is watching.</summary>
    public required TextWriter Error { get; init; }

    public required Func<Stream> Input { get; init; }

    /// <summary>Waits for a key; null where standard input is no keyboard.</summary>
    public Func<CancellationToken, ConsoleKeyInfo>? ReadKey { get; init; }

    /// <summary>Standard output as bytes, for results too many to go through a writer.</summary>
    public required Func<Stream> OutputBytes { get; init; }

    public required TimeProvider Time { get; init; }

    /// <summary>A person sees standard output, so it may be coloured and drawn.</summary>
    public bool OutputIsWatched { get; init; }

    /// <summary>A person sees standard error, so progress and warnings are of use.</summary>
    public bool ErrorIsWatched { get; init; }

    public bool Colour { get; init; }

    public int Width { get; init; } = DefaultWidth;

    /// <summary>The process's own; colour unless NO_COLOR is set or the terminal is dumb.</summary>
    public static Terminal OfProcess()
    {
        bool dumb = Environment.GetEnvironmentVariable("TERM") is "dumb";
        bool refused = Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 };
        return new Terminal
        {
            Output = Console.Out,
            Error = Console.Error,
            Input = Console.OpenStandardInput,
            ReadKey = Console.IsInputRedirected ? null : Key,
            OutputBytes = Console.OpenStandardOutput,
            Time = TimeProvider.System,
            OutputIsWatched = !Console.IsOutputRedirected,
            ErrorIsWatched = !Console.IsErrorRedirected && !dumb,
            Colour = !Console.IsOutputRedirected && !dumb && !refused,
            Width = Console.IsOutputRedirected ? DefaultWidth : Math.Clamp(Console.WindowWidth, 40, DefaultWidth),
        };
    }

    /// <summary>Standard output for tables and marked-up lines, drawn for who is watching.</summary>
    public IAnsiConsole Drawn()
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = Colour ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = Colour ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(Output),
        });
        console.Profile.Width = Width;
        return console;
    }

    /// <summary>In steps, since nothing ends a read of the keyboard but a key, and Ctrl-C is none.</summary>
    private static ConsoleKeyInfo Key(CancellationToken cancel)
    {
        while (!Console.KeyAvailable)
        {
            cancel.ThrowIfCancellationRequested();
            Thread.Sleep(15);
        }

        return Console.ReadKey(intercept: true);
    }

    /// <summary>One JSON document on standard output.</summary>
    public void WriteJson<T>(T document) => Output.WriteLine(JsonSerializer.Serialize(document, ContractJson.Options));

    /// <summary>A remark on standard error for a person; nothing when nobody is watching.</summary>
    public void Note(string remark)
    {
        if (ErrorIsWatched)
        {
            Error.WriteLine(remark);
        }
    }
}
