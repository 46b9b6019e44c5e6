using System.CommandLine;
using System.Text.Json;
using Moderato.Cli.Input;
using Moderato.Cli.Output;

namespace Moderato.Cli.Commands.Releases;

/// <summary><c>moderato releases …</c>: which releases a server has, which decide, and how that is changed and taken back.</summary>
public static class ReleasesCommand
{
    internal static readonly Argument<string> Id = new("ID") { Description = "A release, as `moderato releases list` names it." };
    internal static readonly Option<string?> Reason = new("--reason") { Description = "Why; the history and the audit log keep it.", HelpName = "TEXT" };

    public static Command Create(Terminal terminal)
    {
        var command = new VerbCommand(
            "releases", "The releases of a server: which there are, which decide, and how that is changed and taken back.",
            "moderato releases list --from http://127.0.0.1:5080", "moderato releases rollback --reason 'hate in es' --from http://127.0.0.1:5080");
        Command[] verbs =
        [
            LookCommands.List(terminal), LookCommands.Show(terminal), LookCommands.Diff(terminal), CreateReleaseCommand.Create(terminal), RoleCommands.Shadow(terminal),
            RoleCommands.Canary(terminal), RoleCommands.Promote(terminal), RoleCommands.Rollback(terminal), RoleCommands.Override(terminal), RedecideCommand.Create(terminal),
            CalibrateCommand.Create(terminal),
        ];
        foreach (var verb in verbs)
        {
            command.Subcommands.Add(verb);
        }

        command.SetAction(parse => new System.CommandLine.Help.HelpAction().Invoke(parse));
        return command;
    }

    /// <summary>A verb that asks a server.</summary>
    /// <param name="view">Writes the answer for people.</param>
    internal static Command Verb(
        string name, string description, Terminal terminal, IReadOnlyList<Symbol> takes, string[] examples,
        Func<ParseResult, ReleaseServer, CancellationToken, Task<JsonElement>> ask, Action<Terminal, JsonElement> view)
    {
        var command = new VerbCommand(name, description, examples).Does((parse, cancel) => Run(parse, terminal, ask, view, cancel).GetAwaiter().GetResult());
        foreach (var one in (Symbol[])[.. takes, ReleaseServer.From, ReleaseServer.Data, ReleaseServer.KeyFile, CommonOptions.Json])
        {
            if (one is Argument argument)
            {
                command.Arguments.Add(argument);
            }
            else
            {
                command.Options.Add((Option)one);
            }
        }

        return command;
    }

    /// <summary>A time to come from <c>48h</c>, <c>90m</c> or <c>2d</c>.</summary>
    /// <exception cref="InputException">It is none of these.</exception>
    internal static TimeSpan Duration(Option option, string text) =>
        text.Length > 1 && double.TryParse(text[..^1], System.Globalization.CultureInfo.InvariantCulture, out double number) && number is > 0 and < 10_000
            ? text[^1] switch
            {
                'm' => TimeSpan.FromMinutes(number),
                'h' => TimeSpan.FromHours(number),
                'd' => TimeSpan.FromDays(number),
                _ => throw NoDuration(option, text),
            }
            : throw NoDuration(option, text);

    private static InputException NoDuration(Option option, string text) => new(option.Name, $"\"{text}\"", "give minutes, hours or days, as 90m, 48h or 2d");

    private static async Task<int> Run(
        ParseResult parse, Terminal terminal, Func<ParseResult, ReleaseServer, CancellationToken, Task<JsonElement>> ask, Action<Terminal, JsonElement> view, CancellationToken cancel)
    {
        await using var server = await ReleaseServer.OpenAsync(parse, terminal, cancel);
        try
        {
            var answer = await ask(parse, server, cancel);
            if (parse.GetValue(CommonOptions.Json))
            {
                terminal.WriteJson(answer);
            }
            else
            {
                view(terminal, answer);
            }

            return ExitCode.Done;
        }
        catch (RefusedException refused)
        {
            await terminal.Error.WriteLineAsync($"error: {refused.Message}\n  try: {refused.Remedy}");
            return ExitCode.AnswerIsNo;
        }
    }
}
