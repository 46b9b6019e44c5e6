using System.CommandLine;

namespace Moderato.Cli.Commands;

/// <summary>A command of <c>moderato</c>, with an example that its help ends with.</summary>
public sealed class VerbCommand(string name, string description, params string[] examples) : Command(name, description)
{
    public IReadOnlyList<string> Examples => examples;

    /// <summary>The command's work. It runs off the thread that listens for Ctrl-C, and should look at its token.</summary>
    public VerbCommand Does(Func<ParseResult, CancellationToken, int> work)
    {
        SetAction((parse, cancel) => Task.Run(() => work(parse, cancel), cancel));
        return this;
    }
}
