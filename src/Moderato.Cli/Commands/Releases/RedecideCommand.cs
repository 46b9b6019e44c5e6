using System.CommandLine;
using System.Text.Json;
using Moderato.Cli.Input;
using Moderato.Cli.Output;

namespace Moderato.Cli.Commands.Releases;

/// <summary><c>moderato releases redecide</c>: a window again under another release: first what would change, then the reversals.</summary>
internal static class RedecideCommand
{
    private static readonly Option<string?> Since = new("--since") { Description = "Decisions from this time on.", HelpName = "TIME" };
    private static readonly Option<string?> Before = new("--before") { Description = "Decisions before this time; until now without it.", HelpName = "TIME" };
    private static readonly Option<string?> Category = new("--category") { Description = "Only what is or would be decided by this category.", HelpName = "NAME" };
    private static readonly Option<int?> PerMinute = new("--per-minute") { Description = "Reversals that the platform can take; 600 without it.", HelpName = "N" };
    private static readonly Option<bool> Preview = new("--preview") { Description = "Say what would change, with a sample to look at first; nothing is changed." };
    private static readonly Option<bool> Status = new("--status") { Description = "How far the redecisions under this release are." };
    private static readonly Option<int?> Stop = new("--stop") { Description = "End the redecision of this number where it is.", HelpName = "N" };

    public static Command Create(Terminal terminal) => ReleasesCommand.Verb(
        "redecide", "Decide a window again under a release; reversals go out as events, never over a person's decision.", terminal,
        [ReleasesCommand.Id, Since, Before, Category, PerMinute, Preview, LookCommands.LaterTiers, LookCommands.Seed, Status, Stop, ReleasesCommand.Reason],
        [
            "moderato releases redecide ngram-900bae29 --since 2026-03-01T18:00:00Z --preview --from http://127.0.0.1:5080",
            "moderato releases redecide ngram-900bae29 --since 2026-03-01T18:00:00Z --per-minute 300 --reason 'rollback of strict' --from http://127.0.0.1:5080",
        ],
        Ask, ReleaseViews.Redecide);

    private static Task<JsonElement> Ask(ParseResult parse, ReleaseServer server, CancellationToken cancel)
    {
        string path = $"{LookCommands.PathOf(parse)}/redecide";
        string? reason = parse.GetValue(ReleasesCommand.Reason);
        if (parse.GetValue(Status))
        {
            return server.GetAsync(path, cancel);
        }

        if (parse.GetValue(Stop) is { } number)
        {
            return server.PostAsync(FormattableString.Invariant($"{path}/{number}/stop"), new { reason }, cancel);
        }

        bool preview = parse.GetValue(Preview);
        if (!preview && parse.GetValue(ReleaseServer.Data) is not null)
        {
            throw new InputException("--data", "a server that is stopped", "start it and use --from: reversals are sent by a server that runs; a --preview needs none");
        }

        return server.PostAsync(
            path,
            new
            {
                from = parse.GetValue(Since) ?? throw new InputException("--since", "nothing", "give the time from which on decisions are to be made again"),
                to = parse.GetValue(Before),
                category = parse.GetValue(Category),
                perMinute = parse.GetValue(PerMinute),
                preview,
                laterTiers = parse.GetValue(LookCommands.LaterTiers),
                seed = parse.GetValue(LookCommands.Seed),
                reason,
            },
            cancel);
    }
}
