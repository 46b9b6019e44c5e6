using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Moderato.Decisions;
using Moderato.Server.Decisions;
using Moderato.Server.Hosting;
using Moderato.Server.Keys;

namespace Moderato.Server.Reviews;

/// <summary><c>/v1/labels</c>: the truth that we hold. It holds no text.</summary>
public static class LabelEndpoints
{
    private const int MostLabels = 1_000;

    private static readonly string[] Fields = ["contentId", "category", "value", "source", "inclusionProbability"];

    public static void MapLabels(this IEndpointRouteBuilder routes)
    {
        var labels = routes.MapGroup("/v1/labels").WithTags("Labels");
        labels.MapGet("", List).Needs(Scopes.Read).WithSummary("Labels that count, oldest first, by contentId, category, source; a page at a time: after, limit");
        labels.MapPost("", Add).Needs(Scopes.Review)
            .WithSummary("Labels from elsewhere: {\"labels\": [{\"contentId\", \"category\", \"value\": true, \"source\"?: \"import\", \"inclusionProbability\"?}]}");
    }

    private static async Task<Results<Ok<LabelPage>, Problem>> List(HttpContext http, LabelQueries labels)
    {
        var errors = new List<FieldError>();
        var search = LabelSearch.Read(http.Request.Query, errors);
        if (errors.Count > 0)
        {
            return Problems.Invalid("The search is not right", errors);
        }

        var page = await labels.PageAsync(http.Caller().Workspace, search, http.RequestAborted);
        return TypedResults.Ok(new LabelPage(
            [.. page.Take(search.Limit).Select(LabelAnswer.Of)],
            page.Count > search.Limit ? page[search.Limit - 1].Id.ToString(CultureInfo.InvariantCulture) : null));
    }

    private static async Task<Results<Ok<LabelsAdded>, Problem>> Add(HttpContext http, LabelQueries labels, TimeProvider time)
    {
        var (document, problem) = await RequestBody.ReadAsync(http.Request, http.RequestAborted);
        if (document is null)
        {
            return problem!;
        }

        using var _ = document;
        var items = ItemsOf.Request(document.RootElement, "labels", MostLabels, out problem);
        if (items is null)
        {
            return problem!;
        }

        var (by, now) = (http.Caller(), time.GetUtcNow());
        var failures = new List<ContentFailure>();
        var right = new List<(int Index, Label Label)>();
        foreach (var (item, index) in items.Select((item, index) => (item, index)))
        {
            var read = new FieldReader(item);
            if (Read(read, by, now) is { } label && read.Errors.Count == 0)
            {
                right.Add((index, label));
            }
            else
            {
                failures.Add(new(index, null, StatusCodes.Status400BadRequest, "The label is not right", null, read.Errors));
            }
        }

        var known = await labels.AddAsync(by.Workspace, [.. right.Select(one => one.Label)], http.RequestAborted);
        failures.AddRange(right.Where(one => !known.Contains(one.Label.ContentId)).Select(one => new ContentFailure(
            one.Index, one.Label.ContentId, StatusCodes.Status404NotFound, "There is no decision on this content", "Have it decided or recorded first.", null)));
        return TypedResults.Ok(new LabelsAdded(items.Count - failures.Count, failures.Count == 0 ? null : [.. failures.OrderBy(failure => failure.Index)]));
    }

    private static Label? Read(FieldReader read, Caller by, DateTimeOffset now)
    {
        if (!read.IsObject("a label such as {\"contentId\": \"c1\", \"category\": \"hate\", \"value\": true}", Fields))
        {
            return null;
        }

        string? content = read.Required("contentId");
        string? category = read.OneOf("category", Policies.Category.All, required: true);
        bool? value = read.Has("value", out var given) && given.ValueKind == JsonValueKind.Number ? Whole(read) : read.Flag("value");
        if (!read.Has("value", out _))
        {
            read.Errors.Add(new("value", "nothing", "give true where it violates, else false"));
        }

        string source = read.OneOf("source", LabelSearch.Sources) ?? LabelAnswer.SourceName(LabelSource.Import);
        double? probability = read.Number("inclusionProbability", double.Epsilon, 1);
        if (probability is not null && source is not ("random" or "audit"))
        {
            read.Errors.Add(new(
                "inclusionProbability", $"one of a label from \"{source}\"", "leave it out: rates are estimated from what was drawn at random (\"source\": \"random\" or \"audit\")"));
        }

        return read.Errors.Count > 0 ? null : new()
        {
            Workspace = by.Workspace,
            ContentId = content!,
            Category = category!,
            Value = value!.Value,
            Source = LabelSearch.SourceOf(source),
            InclusionProbability = probability,
            Reviewer = by.Name,
            Time = now,
        };
    }

    /// <summary>0 and 1, as labelled files have them.</summary>
    private static bool? Whole(FieldReader read) => read.Number("value", 0, 1) switch
    {
        0 => false,
        1 => true,
        null => null,
        _ => read.Flag("value"),
    };
}
