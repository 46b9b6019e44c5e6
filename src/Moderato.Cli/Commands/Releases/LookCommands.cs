using System.CommandLine;
using System.Globalization;
using Moderato.Cli.Output;

namespace Moderato.Cli.Commands.Releases;

/// <summary><c>moderato releases list</c>, <c>show</c> and <c>diff</c>: they change nothing.</summary>
internal static class LookCommands
{
    private static readonly Option<string?> Against = new("--against") { Description = "The release to compare with; the live one without it.", HelpName = "ID" };
    private static readonly Option<string?> Since = new("--since") { Description = "Only contents decided from this time on.", HelpName = "TIME" };
    private static readonly Option<string?> Before = new("--before") { Description = "Only contents decided before this time.", HelpName = "TIME" };
    private static readonly Option<int?> Sample = new("--sample") { Description = "About how many contents are decided again; 2,000 without it.", HelpName = "N" };

    /// <summary>Contents that a look ahead asks later tiers about.</summary>
    internal static readonly Option<int?> LaterTiers = new("--later-tiers") { Description = "About at most so many contents later tiers are asked, at random; 200 without it, 0: nobody is asked.", HelpName = "N" };

    internal static readonly Option<int?> Seed = new("--seed") { Description = "Of what is drawn at random; 1 without it.", HelpName = "N" };

    public static Command List(Terminal terminal) => ReleasesCommand.Verb(
        "list", "All releases, which of them decide, and what was live when.", terminal, [],
        ["moderato releases list --from http://127.0.0.1:5080", "moderato releases list --data ./moderato-data --json"],
        (_, server, cancel) => server.GetAsync("/v1/releases", cancel), ReleaseViews.List);

    public static Command Show(Terminal terminal) => ReleasesCommand.Verb(
        "show", "One release with its thresholds.", terminal, [ReleasesCommand.Id],
        ["moderato releases show ngram-900bae29 --from http://127.0.0.1:5080"],
        (parse, server, cancel) => server.GetAsync(PathOf(parse), cancel), ReleaseViews.Show);

    public static Command Diff(Terminal terminal) => ReleasesCommand.Verb(
        "diff", "What would change if a release decided: stored contents under it and under another, by slice.", terminal,
        [ReleasesCommand.Id, Against, Since, Before, Sample, LaterTiers, Seed],
        ["moderato releases diff ngram-900bae29-4c1d22aa --from http://127.0.0.1:5080 --since 2026-03-01"],
        (parse, server, cancel) => server.GetAsync($"{PathOf(parse)}/diff?{Query(parse)}", cancel), ReleaseViews.Diff);

    internal static string PathOf(ParseResult parse) => $"/v1/releases/{Uri.EscapeDataString(parse.GetValue(ReleasesCommand.Id)!)}";

    private static string Query(ParseResult parse)
    {
        (string Name, string? Value)[] named =
        [
            ("against", parse.GetValue(Against)), ("from", parse.GetValue(Since)), ("to", parse.GetValue(Before)),
            ("sample", Number(Sample)), ("laterTiers", Number(LaterTiers)), ("seed", Number(Seed)),
        ];
        return string.Join('&', named.Where(one => one.Value is not null).Select(one => $"{one.Name}={Uri.EscapeDataString(one.Value!)}"));

        string? Number(Option<int?> option) => parse.GetValue(option)?.ToString(CultureInfo.InvariantCulture);
    }
}
