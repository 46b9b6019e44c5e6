using System.CommandLine;
using System.Text.RegularExpressions;
using Moderato.Cli.Input;

namespace Moderato.Cli.Commands;

/// <summary>
/// The command that comes next, ready to run: with the files of this one and what it said about how to read them, since a log
/// that needed a threshold or a map will need it again.
/// </summary>
internal static partial class NextCommand
{
    private static readonly Option[] Reading =
    [
        DecisionOptions.From, DecisionOptions.Data, DecisionOptions.Category, DecisionOptions.ReviewFrom, DecisionOptions.BlockFrom, DecisionOptions.Labels, DecisionOptions.Map,
        DecisionOptions.Reference, DecisionOptions.Since, DecisionOptions.MaxBadRows, DecisionOptions.ObjectiveFpr,
    ];

    /// <param name="verb">The command: <c>tune</c>.</param>
    /// <param name="further">What it is given besides.</param>
    public static string Of(ParseResult parse, string verb, params IEnumerable<string> further) =>
        string.Join(' ', ["moderato", verb, .. ((IEnumerable<string>)[.. parse.GetValue(DecisionOptions.Decisions) ?? [], .. Said(parse), .. further]).Select(Quoted)]);

    /// <summary>The sheets too, for a command that reads labels.</summary>
    public static IEnumerable<string> Sheet(ParseResult parse) =>
        (parse.GetValue(DecisionOptions.Labelled) ?? []).SelectMany(sheet => (string[])[DecisionOptions.Labelled.Name, sheet]);

    private static IEnumerable<string> Said(ParseResult parse) => Reading
        .Where(option => parse.GetResult(option) is { Implicit: false })
        .SelectMany(option => parse.GetResult(option)!.Tokens.SelectMany(token => (string[])[option.Name, token.Value]));

    /// <summary>As a shell takes it for one argument.</summary>
    internal static string Quoted(string argument) =>
        Plain().IsMatch(argument) ? argument : $"'{argument.Replace("'", @"'\''", StringComparison.Ordinal)}'";

    [GeneratedRegex(@"^[\w./:=@%+,-]+$")]
    private static partial Regex Plain();
}
