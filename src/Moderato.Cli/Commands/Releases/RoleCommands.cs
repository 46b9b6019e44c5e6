using System.CommandLine;
using System.Text.Json;
using Moderato.Cli.Input;
using Moderato.Cli.Output;

namespace Moderato.Cli.Commands.Releases;

/// <summary><c>moderato releases shadow</c>, <c>canary</c>, <c>promote</c>, <c>rollback</c> and <c>override</c>: which release does what.</summary>
internal static class RoleCommands
{
    private static readonly Option<bool> End = new("--end") { Description = "End it." };
    private static readonly Option<double> Percent = new("--percent") { Description = "Share of the authors; 0 ends it.", HelpName = "N", Required = true };
    private static readonly Option<string?> For = new("--for") { Description = "End by itself after so long, as 48h: then the release before is live again.", HelpName = "TIME" };
    private static readonly Option<string> Lasting = new("--for") { Description = "How long, as 90m, 48h or 2d.", HelpName = "TIME", Required = true };
    private static readonly Option<string?> To = new("--to") { Description = "The release to go back to; the one before without it.", HelpName = "ID" };
    private static readonly Option<string> Category = new("--category") { Description = "The category that goes wrong.", HelpName = "NAME", Required = true };
    private static readonly Option<string?> Language = new("--language") { Description = "Only in this language.", HelpName = "CODE" };
    private static readonly Option<string?> Surface = new("--surface") { Description = "Only on this surface.", HelpName = "NAME" };
    private static readonly Option<string> AtMost = new Option<string>("--at-most")
    {
        Description = "The worst verdict that it may give: borderline (what was blocked is reviewed) or safe.",
        DefaultValueFactory = _ => "borderline",
    }.OneOf("borderline", "safe");

    public static Command Shadow(Terminal terminal) => ReleasesCommand.Verb(
        "shadow", "Let a release decide beside the live one; it answers nobody.", terminal, [ReleasesCommand.Id, End, ReleasesCommand.Reason],
        ["moderato releases shadow ngram-900bae29-4c1d22aa --from http://127.0.0.1:5080"],
        (parse, server, cancel) => server.PostAsync(
            $"{LookCommands.PathOf(parse)}/shadow", new { end = parse.GetValue(End), reason = parse.GetValue(ReleasesCommand.Reason) }, cancel),
        ReleaseViews.Roles);

    public static Command Canary(Terminal terminal) => ReleasesCommand.Verb(
        "canary", "Let a release decide for a share of the authors, always the same ones.", terminal, [ReleasesCommand.Id, Percent, ReleasesCommand.Reason],
        ["moderato releases canary ngram-900bae29-4c1d22aa --percent 5 --from http://127.0.0.1:5080"],
        (parse, server, cancel) => server.PostAsync(
            $"{LookCommands.PathOf(parse)}/canary", new { percent = parse.GetValue(Percent), reason = parse.GetValue(ReleasesCommand.Reason) }, cancel),
        ReleaseViews.Roles);

    public static Command Promote(Terminal terminal) => ReleasesCommand.Verb(
        "promote", "Make a release live, for good or for a time.", terminal, [ReleasesCommand.Id, For, ReleasesCommand.Reason],
        ["moderato releases promote ngram-900bae29-4c1d22aa --reason 'gate passed' --from http://127.0.0.1:5080"],
        (parse, server, cancel) => server.PostAsync(
            $"{LookCommands.PathOf(parse)}/promote",
            new { until = parse.GetValue(For) is { } text ? terminal.Time.GetUtcNow() + ReleasesCommand.Duration(For, text) : (DateTimeOffset?)null, reason = parse.GetValue(ReleasesCommand.Reason) },
            cancel),
        ReleaseViews.Roles);

    public static Command Rollback(Terminal terminal) => ReleasesCommand.Verb(
        "rollback", "Make the release live that was so before; every node follows within a second.", terminal, [To, ReleasesCommand.Reason],
        ["moderato releases rollback --reason 'hate in es' --from http://127.0.0.1:5080"],
        (parse, server, cancel) => server.PostAsync("/v1/releases/rollback", new { to = parse.GetValue(To), reason = parse.GetValue(ReleasesCommand.Reason) }, cancel),
        ReleaseViews.Roles);

    public static Command Override(Terminal terminal) => ReleasesCommand.Verb(
        "override", "For a time, let nothing be blocked in a category, by language or surface: a release of its own that ends by itself.", terminal,
        [Category, Language, Surface, AtMost, Lasting, ReleasesCommand.Reason],
        ["moderato releases override --category hate --language es --for 48h --reason 'incident 7' --from http://127.0.0.1:5080"],
        (parse, server, cancel) => OverrideAsync(parse, server, terminal, cancel), ReleaseViews.Roles);

    private static async Task<JsonElement> OverrideAsync(ParseResult parse, ReleaseServer server, Terminal terminal, CancellationToken cancel)
    {
        // Before anything is made: a duration that is none must leave nothing behind.
        var lasting = ReleasesCommand.Duration(Lasting, parse.GetValue(Lasting)!);
        if (!Policies.Category.IsKnown(parse.GetValue(Category)!))
        {
            throw new InputException("--category", $"\"{parse.GetValue(Category)}\"", $"give one of {string.Join(", ", Policies.Category.All)}");
        }

        string? reason = parse.GetValue(ReleasesCommand.Reason);
        var spared = new { category = parse.GetValue(Category), language = parse.GetValue(Language), surface = parse.GetValue(Surface), atMost = parse.GetValue(AtMost) };
        var made = await server.PostAsync("/v1/releases", new { overrides = new[] { spared }, reason }, cancel);
        return await server.PostAsync(
            $"/v1/releases/{Uri.EscapeDataString(made.GetProperty("id").GetString()!)}/promote", new { until = terminal.Time.GetUtcNow() + lasting, reason }, cancel);
    }
}
