using System.CommandLine;
using System.CommandLine.Parsing;
using Moderato.Cli.Commands;
using Moderato.Cli.Input;

namespace Moderato.Cli;

/// <summary>Says what is wrong with a command line, and what was probably meant.</summary>
internal static class WrongArguments
{
    /// <summary>An argument that takes several values takes a misspelt option for one of them.</summary>
    public static bool HasUnknownOption(ParseResult parse) => parse.Action is not HelpWithExamples && UnknownOptions(parse).Any();

    public static int Report(ParseResult parse, TextWriter error)
    {
        string[] names = [.. Names(parse.CommandResult)];
        if (parse.CommandResult.Command is RootCommand && parse.UnmatchedTokens is [var first, ..])
        {
            // What follows an unknown command is unknown only because of it.
            error.WriteLine($"error: there is no command \"{first}\"");
            Suggest(first, names, error);
        }
        else
        {
            foreach (var wrong in parse.Errors.Where(wrong => wrong.SymbolResult is not CommandResult || parse.UnmatchedTokens.Count == 0))
            {
                error.WriteLine($"error: {MessageOf(wrong)}");
            }

            foreach (string extra in parse.UnmatchedTokens.Where(token => !IsOption(token)))
            {
                error.WriteLine($"error: \"{extra}\" is one argument too many");
            }

            foreach (string option in UnknownOptions(parse))
            {
                error.WriteLine($"error: there is no option {option}");
                Suggest(option, names, error);
            }
        }

        string path = string.Join(' ', Path(parse.CommandResult));
        error.WriteLine($"  try: {path} --help");
        return ExitCode.WrongInput;
    }

    private static IEnumerable<string> UnknownOptions(ParseResult parse) =>
        parse.CommandResult.Tokens.Select(token => token.Value).Concat(parse.UnmatchedTokens)
            .Where(IsOption)
            .Select(token => token.Split('=', 2)[0])
            .Distinct();

    private static bool IsOption(string token) => token.Length > 1 && token[0] == '-';

    private static string MessageOf(ParseError wrong) => wrong.SymbolResult switch
    {
        // The library's own words name .NET types here.
        OptionResult { Option: { } option, Tokens: [var token] } when option.ValueType != typeof(string) && wrong.Message.Contains("System.", StringComparison.Ordinal)
            => $"{option.Name}: \"{token.Value}\" is no number",
        _ => wrong.Message,
    };

    private static void Suggest(string written, string[] names, TextWriter error)
    {
        if (DidYouMean.Of(written, names) is { } near)
        {
            error.WriteLine($"  did you mean {near}?");
        }
    }

    private static IEnumerable<string> Names(CommandResult result) =>
        result.Command.Subcommands.Select(command => command.Name)
            .Concat(result.Command.Options.SelectMany(option => option.Aliases.Prepend(option.Name)));

    private static IEnumerable<string> Path(CommandResult result) =>
        (result.Parent is CommandResult parent ? Path(parent) : []).Append(result.Command is RootCommand ? "moderato" : result.Command.Name);
}
