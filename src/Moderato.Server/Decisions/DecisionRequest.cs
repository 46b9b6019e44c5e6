using System.Text.Json;
using Moderato.Server.Hosting;

namespace Moderato.Server.Decisions;

/// <summary>The body of <c>POST /v1/decisions</c>: one content, or up to <see cref="MostContents"/>.</summary>
/// <param name="Single">It was sent as <c>content</c>: then what is wrong with it is wrong with the request.</param>
public sealed record DecisionRequest(IReadOnlyList<ReadContent> Contents, bool Single, TimeSpan? Deadline)
{
    public const int MostContents = 1_000;

    private const double MostDeadlineMs = 600_000;

    private static readonly string[] Fields = ["content", "contents", "deadlineMs"];

    /// <returns>The request, or the problem that it has as a whole.</returns>
    public static (DecisionRequest? Request, Problem? Problem) Read(JsonElement body, Func<int, string> idWhenAbsent)
    {
        var read = new FieldReader(body);
        if (!read.IsObject("{\"content\": {…}} or {\"contents\": [{…}, …]}", Fields))
        {
            return (null, Problems.Invalid("The body is not a request for decisions", read.Errors));
        }

        double? deadline = read.Number("deadlineMs", 1, MostDeadlineMs);
        bool one = read.Has("content", out var content);
        bool many = read.Has("contents", out var contents);
        if (one == many)
        {
            read.Errors.Add(new("content", one ? "both content and contents" : "neither content nor contents", "give one of them"));
        }
        else if (many && contents.ValueKind != JsonValueKind.Array)
        {
            read.Errors.Add(new("contents", "no array", "give an array of contents, or one as \"content\""));
        }
        else if (many && contents.GetArrayLength() is var count && count is 0 or > MostContents)
        {
            read.Errors.Add(new("contents", FormattableString.Invariant($"{count} contents"), FormattableString.Invariant($"give 1 to {MostContents}, the rest in further requests")));
        }

        if (read.Errors.Count > 0)
        {
            return (null, Problems.Invalid("The request for decisions is not right", read.Errors));
        }

        var items = many ? contents.EnumerateArray().ToList() : [content];
        return (new([.. items.Select((item, index) => ContentReader.Read(item, () => idWhenAbsent(index)))], one, deadline is { } ms ? TimeSpan.FromMilliseconds(ms) : null), null);
    }
}
