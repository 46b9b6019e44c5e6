using System.Globalization;
using System.Text.Json;
using Moderato.Cli.Output;

namespace Moderato.Cli.Commands.Releases;

/// <summary>What a server answers about its releases, for people.</summary>
internal static class ReleaseViews
{
    private const int MostHistory = 10;

    public static void List(Terminal terminal, JsonElement answer)
    {
        foreach (var release in answer.GetProperty("releases").EnumerateArray())
        {
            terminal.Output.WriteLine($"{Text(release, "role") ?? "",-9}{Text(release, "id"),-36}{Text(release, "added")?[..16]}  {Text(release, "addedBy")}{Because(release)}");
        }

        if (Text(answer, "until") is { } until)
        {
            terminal.Output.WriteLine($"Until {until}; then {Text(answer, "before")} is live again.");
        }

        terminal.Output.WriteLine("\nWhat was live when:");
        foreach (var change in answer.GetProperty("history").EnumerateArray().Take(MostHistory))
        {
            terminal.Output.WriteLine($"{Text(change, "time")?[..19]}  {Text(change, "action"),-14}{Text(change, "live")}  {Text(change, "by")}{Because(change)}");
        }
    }

    public static void Show(Terminal terminal, JsonElement answer)
    {
        terminal.Output.WriteLine($"{Text(answer, "id")}  {Text(answer, "role") ?? "decides nothing"}, policy {Text(answer, "policy")}{Because(answer)}");
        terminal.Output.WriteLine($"Tiers: {string.Join(", ", answer.GetProperty("tiers").EnumerateArray().Select(tier => $"{Text(tier, "tier")} {Text(tier, "version")}"))}");
        foreach (var category in answer.GetProperty("release").GetProperty("thresholds").EnumerateObject())
        {
            terminal.Output.WriteLine($"{category.Name,-24}{Cuts(category.Value.GetProperty("cuts"))}");
            foreach (var exception in category.Value.TryGetProperty("exceptions", out var exceptions) ? exceptions.EnumerateArray().ToList() : [])
            {
                string where = string.Join(" on ", ((string?[])[Text(exception, "language"), Text(exception, "surface")]).OfType<string>());
                terminal.Output.WriteLine($"  in {where,-19}{Cuts(exception.GetProperty("cuts"))}");
            }
        }
    }

    public static void Diff(Terminal terminal, JsonElement answer)
    {
        var verdicts = answer.GetProperty("verdicts");
        long looked = verdicts.GetProperty("contents").GetInt64() + (answer.TryGetProperty("laterTiers", out var later) ? later.GetProperty("asking").GetProperty("contents").GetInt64() : 0);
        terminal.Output.WriteLine(
            $"{Text(answer, "release")} against {Text(answer, "against")}: {looked.ToString("N0", CultureInfo.InvariantCulture)} contents of {Count(answer, "ofContents")}, {Count(answer, "withoutText")} without text");
        if (later.ValueKind == JsonValueKind.Object)
        {
            terminal.Output.WriteLine($"changed {Rate(answer, "changed")} in all");
            terminal.Output.WriteLine($"\nThe first tier decides alone {Count(verdicts, "contents")}:");
            Verdicts(terminal, verdicts);
            terminal.Output.WriteLine($"\nA later tier is asked about {Count(later.GetProperty("asking"), "contents")}:");
            Asking(terminal, later.GetProperty("asking"));
            Verdicts(terminal, later.GetProperty("verdicts"));
        }
        else
        {
            Verdicts(terminal, verdicts);
        }

        foreach (var omitted in answer.GetProperty("notAssessed").EnumerateArray())
        {
            terminal.Output.WriteLine($"Not assessed: {Text(omitted, "what")}: {Text(omitted, "why")}");
        }
    }

    private static void Verdicts(Terminal terminal, JsonElement verdicts)
    {
        if (verdicts.GetProperty("contents").GetInt64() == 0)
        {
            terminal.Output.WriteLine($"changed {Rate(verdicts, "changed")}");
            return;
        }

        terminal.Output.WriteLine($"changed {Rate(verdicts, "changed")}; violating {Rate(verdicts, "violatingBefore")} → {Rate(verdicts, "violatingAfter")}");
        foreach (var move in verdicts.GetProperty("moves").EnumerateArray())
        {
            terminal.Output.WriteLine($"  {Text(move, "from"),-10} → {Text(move, "to"),-10} {Count(move, "count")}");
        }

        foreach (var slice in verdicts.GetProperty("slices").EnumerateArray())
        {
            terminal.Output.WriteLine($"{Text(slice, "by"),-9} {Text(slice, "value"),-22} {Count(slice, "contents"),7}  changed {Rate(slice, "changed")}");
        }
    }

    /// <summary>How many contents later tiers were asked about, what became of them and what it took.</summary>
    private static void Asking(Terminal terminal, JsonElement asking)
    {
        if (asking.GetProperty("asked").GetInt64() == 0)
        {
            terminal.Output.WriteLine("  nobody was asked");
            return;
        }

        string price = asking.GetProperty("costMicros").GetInt64() is > 0 and var micros ? string.Create(CultureInfo.InvariantCulture, $", cost {micros / 1e6:F6}") : "";
        terminal.Output.WriteLine(
            $"  asked about {Count(asking, "asked")} of them, drawn at random (seed {asking.GetProperty("seed").GetInt64()}), judged {Count(asking, "judged")}: {Count(asking, "calls")} calls, {Count(asking, "inputTokens")} + {Count(asking, "outputTokens")} tokens{price}");
        foreach (var outcome in asking.GetProperty("outcomes").EnumerateArray())
        {
            terminal.Output.WriteLine($"  {Text(outcome, "release")}: {Text(outcome, "tier")} {Text(outcome, "outcome")} {Count(outcome, "contents")}");
        }
    }

    public static void Roles(Terminal terminal, JsonElement answer)
    {
        terminal.Output.WriteLine($"Live: {Text(answer, "live")}{(Text(answer, "until") is { } until ? $" until {until}, then {Text(answer, "before")}" : "")}");
        if (answer.TryGetProperty("canary", out var canary))
        {
            terminal.Output.WriteLine($"Canary: {Text(canary, "id")} for {canary.GetProperty("percent").GetDouble().ToString(CultureInfo.InvariantCulture)}% of the authors");
        }

        if (Text(answer, "shadow") is { } shadow)
        {
            terminal.Output.WriteLine($"Shadow: {shadow}");
        }
    }

    public static void Redecide(Terminal terminal, JsonElement answer)
    {
        if (answer.TryGetProperty("redecisions", out var all))
        {
            foreach (var one in all.EnumerateArray())
            {
                Progress(terminal, one);
            }
        }
        else if (answer.TryGetProperty("state", out _))
        {
            Progress(terminal, answer);
        }
        else
        {
            Preview(terminal, answer);
        }
    }

    private static void Progress(Terminal terminal, JsonElement one) => terminal.Output.WriteLine(
        $"{Count(one, "id"),4}  {Text(one, "state"),-8} {Text(one, "from")} to {Text(one, "to")}: {Count(one, "seen")} seen, {Count(one, "reversed")} reversed, {Count(one, "bound")} bound by a person{Because(one)}");

    private static void Preview(Terminal terminal, JsonElement answer)
    {
        terminal.Output.WriteLine(
            $"""
            Of {Count(answer, "contents")} contents: {Count(answer, "restored")} restored, {Count(answer, "newlyCaught")} newly caught, {Count(answer, "toReview")} to review, {Count(answer, "released")} released from it, {Count(answer, "unchanged")} unchanged.
            {Count(answer, "authorsTouched")} authors touched; {Count(answer, "boundByPerson")} stay since a person decided, {Count(answer, "withoutText")} have no text any more, {Count(answer, "ofOtherSystems")} are another system's, {Count(answer, "askedLater")} go to a later tier{(answer.TryGetProperty("laterTiers", out _) ? " and are in none of these figures" : "")}.
            """);
        foreach (var category in answer.GetProperty("categories").EnumerateArray())
        {
            terminal.Output.WriteLine($"  {Text(category, "category"),-24} {Count(category, "restored")} restored, {Count(category, "newlyCaught")} newly caught, {Count(category, "boundByPerson")} bound");
        }

        terminal.Output.WriteLine("Look at these first, drawn at random:");
        Sample(terminal, answer);
        if (answer.TryGetProperty("laterTiers", out var later))
        {
            LaterTiers(terminal, later);
        }
    }

    private static void LaterTiers(Terminal terminal, JsonElement later)
    {
        var asking = later.GetProperty("asking");
        terminal.Output.WriteLine($"\nOf the {Count(asking, "contents")} that a later tier is asked about ({Count(later, "bound")} more stay since a person decided):");
        Asking(terminal, asking);
        foreach (var (name, said) in ((string, string)[])[("changed", "changed"), ("restored", "restored"), ("newlyCaught", "newly caught"), ("toReview", "to review"), ("released", "released from it")])
        {
            terminal.Output.WriteLine($"  {said,-16} {Rate(later, name)}");
        }

        foreach (var category in later.GetProperty("categories").EnumerateArray())
        {
            terminal.Output.WriteLine($"  {Text(category, "category"),-24} restored {Rate(category, "restored")}, newly caught {Rate(category, "newlyCaught")}");
        }

        terminal.Output.WriteLine($"  at least {Count(later, "furtherAuthors")} further authors touched");
        Sample(terminal, later);
    }

    private static void Sample(Terminal terminal, JsonElement drawn)
    {
        foreach (var one in drawn.GetProperty("sample").EnumerateArray())
        {
            terminal.Output.WriteLine($"  {Text(one, "contentId"),-24} {Text(one, "from"),-10} → {Text(one, "to"),-10} {Text(one, "category")}");
        }
    }

    private static string Because(JsonElement one) => Text(one, "reason") is { } reason ? $": {reason}" : "";

    private static string Cuts(JsonElement cuts) => $"review from {Cut(cuts, "reviewFrom")}, block from {Cut(cuts, "blockFrom")}";

    private static string Cut(JsonElement cuts, string name) => cuts.TryGetProperty(name, out var cut) && cut.ValueKind == JsonValueKind.Number ? cut.GetRawText() : "never";

    private static string Rate(JsonElement json, string name) => json.GetProperty(name) is var rate && rate.TryGetProperty("estimate", out var estimate)
        ? string.Create(CultureInfo.InvariantCulture, $"{estimate.GetDouble():P1} [{rate.GetProperty("low").GetDouble():P1}, {rate.GetProperty("high").GetDouble():P1}]")
        : $"unknown: {Text(rate, "unknown")}";

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static string Count(JsonElement json, string name) => json.GetProperty(name).GetInt64().ToString("N0", CultureInfo.InvariantCulture);
}
