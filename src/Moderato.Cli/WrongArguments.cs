using System.CommandLine;
using System.CommandLine.Parsing;
using Moderato.Cli.Input;

namespace Moderato.Cli;

/// <summary>Says what is wrong with a command line, and what was probably meant.</summary>
internal static class WrongArguments
{
    public static int Report(ParseResult parse, TextWriter error)
    {
        foreach (var wrong in parse.Errors)
        {
            error.WriteLine($"error: {wrong.Message}");
        }

        string[] names = [.. Names(parse.CommandResult)];
        foreach (string token in parse.UnmatchedTokens)
        {
            string name = token.Split('=', 2)[0];
            if (DidYouMean.Of(name, names) is { } near)
            {
                error.WriteLine($"  did you mean {near}?");
            }
        }

        string path = string.Join(' ', Path(parse.CommandResult));
        error.WriteLine($"  try: {path} --help");
        return ExitCode.WrongInput;
    }

    private static IEnumerable<string> Names(CommandResult result) =>
        result.Command.Subcommands.Select(command => command.Name)
            .Concat(result.Command.Options.SelectMany(option => option.Aliases.Prepend(option.Name)));

    private static IEnumerable<string> Path(CommandResult result) =>
        (result.Parent is CommandResult parent ? Path(parent) : []).Append(result.Command is RootCommand ? "moderato" : result.Command.Name);
}
