using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Moderato.Cli.Input;
using Moderato.Cli.Output;
using Moderato.Releases;

namespace Moderato.Cli.Commands.Releases;

/// <summary><c>moderato releases create</c>: a folder that <c>train</c> or <c>calibrate</c> wrote, or a change to a release that the server has.</summary>
internal static class CreateReleaseCommand
{
    private static readonly Option<string?> Bundle = new("--bundle") { Description = "Folder of a release, as train writes it.", HelpName = "DIR" };
    private static readonly Option<string?> Change = new("--change") { Description = "Instead: a JSON file with \"thresholds\", \"calibration\", \"policy\" or \"overrides\".", HelpName = "FILE" };
    private static readonly Option<string?> Base = new("--base") { Description = "The release that is changed; the live one without it.", HelpName = "ID" };

    public static Command Create(Terminal terminal) => ReleasesCommand.Verb(
        "create", "A new release on the server; it decides nothing yet.", terminal, [Bundle, Change, Base, ReleasesCommand.Reason],
        ["moderato releases create --bundle ./next --reason 'trained on March' --from http://127.0.0.1:5080", "moderato releases create --change thresholds.json --from http://127.0.0.1:5080"],
        (parse, server, cancel) => server.AskAsync(HttpMethod.Post, "/v1/releases", Body(parse), cancel),
        (terminal, made) => terminal.Output.WriteLine(made.GetProperty("id").GetString()));

    private static string Body(ParseResult parse)
    {
        var body = (parse.GetValue(Bundle), parse.GetValue(Change)) switch
        {
            ({ } folder, null) => OfBundle(folder),
            (null, { } file) => OfChange(file, parse.GetValue(Base)),
            _ => throw new InputException("--bundle", "neither a folder nor a change, or both", "give --bundle DIR, or --change FILE"),
        };
        if (parse.GetValue(ReleasesCommand.Reason) is { } reason)
        {
            body["reason"] = reason;
        }

        return body.ToJsonString();
    }

    private static JsonObject OfBundle(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new InputException("--bundle", $"there is no folder {folder}", "name a folder that `moderato train --out` wrote");
        }

        var release = ReleaseFile.Load(folder).Release;
        var files = new JsonObject();
        foreach (var tier in release.Tiers)
        {
            files[tier.File] = Convert.ToBase64String(File.ReadAllBytes(Path.Combine(folder, tier.File)));
        }

        return new() { ["release"] = JsonNode.Parse(File.ReadAllBytes(Path.Combine(folder, ReleaseFile.Name))), ["files"] = files };
    }

    private static JsonObject OfChange(string file, string? from)
    {
        if (!File.Exists(file))
        {
            throw new InputException("--change", $"there is no file {file}", "name a JSON file such as {\"thresholds\": {\"spam\": {\"cuts\": {\"reviewFrom\": 0.5}}}}");
        }

        try
        {
            var change = JsonNode.Parse(File.ReadAllBytes(file)) as JsonObject ?? throw new InputException(file, "no object", "give {\"thresholds\": …}");
            if (from is not null)
            {
                change["from"] = from;
            }

            return change;
        }
        catch (JsonException wrong)
        {
            throw new InputException($"{file}, line {wrong.LineNumber + 1}", "no JSON", "mend it there");
        }
    }
}
