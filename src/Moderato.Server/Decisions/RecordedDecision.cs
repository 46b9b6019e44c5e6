using System.Text.Json;
using Moderato.Decisions;
using Moderato.Server.Hosting;

namespace Moderato.Server.Decisions;

/// <summary>A verdict that another system gave, as it is told to us.</summary>
/// <param name="Content">Its text is empty where it was not told; see <paramref name="HasText"/>.</param>
public sealed record RecordedDecision(
    Content Content,
    bool HasText,
    Verdict Verdict,
    string? Category,
    IReadOnlyDictionary<string, double> Scores,
    string Release,
    string? Policy,
    string? Tier,
    DateTimeOffset? Decided,
    ContentAction? Action)
{
    private const int MostNameChars = 128;

    private static readonly string[] Verdicts = ["safe", "borderline", "violating"];

    private static readonly string[] ContentFields = ["id", "text", "context", "author", "surface", "language", "time"];

    private static readonly string[] Fields =
        ["content", "contentId", "verdict", "category", "score", "scores", "release", "policy", "tier", "action", "views", "decided", .. ContentFields];

    /// <summary>Content fields may stand in an object <c>content</c> or beside the verdict, as in a decision file.</summary>
    public static (RecordedDecision? Recorded, string? Id, IReadOnlyList<FieldError> Errors) Read(JsonElement json, DateTimeOffset now)
    {
        var read = new FieldReader(json);
        if (!read.IsObject("a decision such as {\"id\": \"c1\", \"text\": \"…\", \"verdict\": \"violating\", \"category\": \"hate\", \"score\": 0.93, \"release\": \"v7\"}", Fields))
        {
            return (null, null, read.Errors);
        }

        var of = read.Object("content", ContentFields) ?? read;
        string? id = read.Text("contentId") ?? of.Text("id");
        string? text = of.Passage("text");
        var content = new Content
        {
            Id = id ?? "",
            Text = text ?? "",
            Context = ContentReader.Context(of),
            Author = of.Text("author"),
            Surface = of.Text("surface"),
            Language = of.Text("language"),
            Time = of.Time("time"),
        };
        string? verdict = read.OneOf("verdict", Verdicts, required: true);
        string? category = read.OneOf("category", Policies.Category.All);
        var scores = ScoresOf(read, category);
        string? action = read.OneOf("action", ContentAction.Known);
        var decided = read.Time("decided") ?? content.Time;
        string? release = read.Required("release");
        string? policy = read.Text("policy");
        string? tier = read.Text("tier");
        foreach (var (name, value) in (ReadOnlySpan<(string, string?)>)[("release", release), ("policy", policy), ("tier", tier)])
        {
            if (value is { Length: > MostNameChars })
            {
                read.Errors.Add(new(name, "a long name", FormattableString.Invariant($"give at most {MostNameChars} characters")));
            }
        }

        // Another system's decision may be known without its text.
        read.Errors.AddRange(ContentErrors.Of(content).Where(error =>
            (text is not null || error.Field != "text") && read.Errors.TrueForAll(said => said.Field != error.Field)));
        return read.Errors.Count > 0
            ? (null, id, read.Errors)
            : (new(
                content, text is not null, (Verdict)Array.IndexOf(Verdicts, verdict), category, scores, release!, policy, tier, decided,
                action is null ? null : new(action, decided ?? now, read.Whole("views"))), id, []);
    }

    private static Dictionary<string, double> ScoresOf(FieldReader read, string? category)
    {
        var scores = new Dictionary<string, double>();
        if (read.Has("scores", out var given) && given.ValueKind == JsonValueKind.Object)
        {
            var nested = read.Object("scores", [.. Policies.Category.All])!;
            foreach (string name in Policies.Category.All)
            {
                if (nested.Number(name, 0, 1) is { } score)
                {
                    scores[name] = Rounded(score);
                }
            }
        }
        else if (read.Has("scores", out _))
        {
            read.Errors.Add(new("scores", "no object", "give {\"hate\": 0.93}"));
        }

        if (read.Number("score", 0, 1) is { } one)
        {
            if (category is null)
            {
                read.Errors.Add(new("category", "nothing beside a score", "say which category the score is of"));
            }
            else
            {
                scores[category] = Rounded(one);
            }
        }

        return scores;
    }

    /// <summary>Scores are stored to 4 decimals.</summary>
    private static double Rounded(double score) => Math.Floor((score * 10_000) + 1e-7) / 10_000;
}
