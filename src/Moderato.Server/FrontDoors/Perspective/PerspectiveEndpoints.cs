using Moderato.Classification.Languages;
using Moderato.Decisions;
using Moderato.Releases;
using Moderato.Server.Classification;
using Moderato.Server.Decisions;
using Moderato.Server.Hosting;
using Moderato.Server.Keys;
using Moderato.Server.Releases;
using Moderato.Server.Reviews;
using Moderato.Server.Storage;

namespace Moderato.Server.FrontDoors.Perspective;

/// <summary>Perspective's wire format: <c>comments:analyze</c>, <c>comments:suggestscore</c> and the discovery document that clients are built from.</summary>
public static class PerspectiveEndpoints
{
    /// <summary>A suggested score from here up says that the comment has the attribute; Perspective asks for 0 or 1.</summary>
    private const double Violates = .5;

    public static void MapPerspective(this IEndpointRouteBuilder routes)
    {
        var comments = routes.MapGroup("/v1alpha1").WithTags("Perspective").WithMetadata(new KeyInQuery(), new ProblemShape(Shaped));
        comments.MapPost("/comments:analyze", AnalyzeAsync).Needs(Scopes.Decide).WithSummary("Score one comment, as Perspective did");
        comments.MapPost("/comments:suggestscore", SuggestAsync).Needs(Scopes.Decide).WithSummary("Say what a comment's scores should have been");
        routes.MapGet("/$discovery/rest", Discover).AllowAnonymous().WithTags("Perspective").WithSummary("The discovery document");
    }

    private static async Task<IResult> AnalyzeAsync(HttpContext http, DecisionMaker maker, Decider decider, LiveReleases releases)
    {
        var caller = http.Caller();
        var (document, problem) = await RequestBody.ReadAsync(http.Request, http.RequestAborted);
        if (document is null)
        {
            return problem!;
        }

        using var _ = document;
        var (request, error) = AnalyzeRequest.Read(document.RootElement);
        if (request is null)
        {
            return Answer(error!);
        }

        string detected = new LanguageDetector().Detect(request.Text);
        IReadOnlyList<string> languages = request.Languages.Count > 0 ? request.Languages : [detected];
        var content = request.ContentOf(ContentIds.Fresh(caller, null, 0), languages[0]);
        var inForce = releases.InForce(caller.Workspace);
        var cascade = decider.Choose(inForce, caller.Workspace, content);
        var unsupported = request.Attributes.FirstOrDefault(asked => !MayBeJudged(asked.Attribute, languages, cascade)).Attribute;
        if (unsupported is not null && !request.DropUnsupported)
        {
            return Answer(PerspectiveError.LanguageNotSupported(unsupported.Name, languages));
        }

        return (await maker.DecideAsync(caller.Workspace, [content], keepText: !request.DoNotStore, inForce: inForce))[0] switch
        {
            WriteOutcome.Written(var stored) => Analyzed(request, stored.Decision, cascade, languages, detected),
            WriteOutcome.NotDecided(_, var why) => Problems.TierFailed(why),
            _ => throw new InvalidOperationException("A fresh id belongs to no other content."),
        };
    }

    /// <summary>A suggestion is a label of somebody who complains: kept, and never part of a rate.</summary>
    private static async Task<IResult> SuggestAsync(HttpContext http, Store store, TimeProvider time)
    {
        var caller = http.Caller();
        var (document, problem) = await RequestBody.ReadAsync(http.Request, http.RequestAborted);
        if (document is null)
        {
            return problem!;
        }

        using var _ = document;
        var (request, error) = SuggestRequest.Read(document.RootElement);
        if (request is null)
        {
            return Answer(error!);
        }

        await using var state = store.State();
        state.Labels.AddRange(request.Scores.Where(score => score.Attribute.Category is not null).Select(score => new Label
        {
            Workspace = caller.Workspace,
            ContentId = $"text-{ContentFingerprint.Of(request.Text).Exact:x32}",
            Category = score.Attribute.Category!,
            Value = score.Value >= Violates,
            Source = LabelSource.Complaint,
            Time = time.GetUtcNow(),
        }));
        await state.SaveChangesAsync(http.RequestAborted);
        var response = new SuggestScoreResponse(request.ClientToken, request.Languages, [new LanguageDetector().Detect(request.Text)]);
        return Results.Json(response, ServerJson.Default.SuggestScoreResponse);
    }

    private static bool MayBeJudged(PerspectiveAttribute attribute, IReadOnlyList<string> languages, Cascade cascade) =>
        attribute.Category is { } category && languages.All(language => cascade.MayJudge(category, language));

    private static bool IsJudged(PerspectiveAttribute attribute, Decision decision) =>
        attribute.Category is { } category && decision.Scores.ContainsKey(category);

    /// <summary>A later tier may fail, or leave a category out: what it was to judge is then missing from a decision that stands.</summary>
    private static IResult Analyzed(AnalyzeRequest request, Decision decision, Cascade cascade, IReadOnlyList<string> languages, string detected)
    {
        var missing = request.Attributes.FirstOrDefault(asked => !IsJudged(asked.Attribute, decision)).Attribute;
        return missing is null || request.DropUnsupported
            ? Results.Json(Response(request, decision, cascade, languages, detected), ServerJson.Default.AnalyzeResponse)
            : Answer(FailureOf(missing.Category!, decision) is { } why
                ? PerspectiveError.NotJudged(missing.Name, why, DecisionId.Of(decision.Sequence))
                : PerspectiveError.LanguageNotSupported(missing.Name, languages));
    }

    /// <returns>The tier that was to judge a category and its fault; null where none failed.</returns>
    private static string? FailureOf(string category, Decision decision) =>
        TierDetail.FromJson(decision.TierDetail)?.LastOrDefault(tier => tier.Categories.Contains(category) && tier.Outcome != TierDetail.Judged) is { } failed
            ? $"{failed.Tier}: {failed.Outcome}"
            : null;

    private static AnalyzeResponse Response(
        AnalyzeRequest request, Decision decision, Cascade cascade, IReadOnlyList<string> languages, string detected)
    {
        var spans = request.SpanAnnotations ? Sentences.Of(request.Text) : [];
        var scored = spans.Select(span => cascade.Decide(request.Text[span], languages[0], decision.Surface).Scores).ToList();
        var scores = new Dictionary<string, AttributeScores>();
        foreach (var (attribute, least) in request.Attributes)
        {
            if (MayBeJudged(attribute, languages, cascade) && IsJudged(attribute, decision) && decision.Scores[attribute.Category!] is var score && score >= (least ?? 0))
            {
                // No later tier is asked about sentences.
                bool hasSpans = spans.Count > 0 && cascade.Judges(attribute.Category!, languages[0]);
                scores[attribute.Name] = new(
                    hasSpans ? [.. spans.Select((span, i) => new SpanScore(span.Start.Value, span.End.Value, new(scored[i][attribute.Category!])))] : null,
                    new(score));
            }
        }

        return new(scores, languages, [detected], request.ClientToken);
    }

    private static IResult Discover(HttpRequest request, string? version = null) =>
        version is null or DiscoveryDocument.Version
            ? Results.Content(DiscoveryDocument.For($"{request.Scheme}://{request.Host}/"), "application/json")
            : Answer(PerspectiveError.Of(StatusCodes.Status404NotFound, $"There is no version {version} here: ask for {DiscoveryDocument.Version}.", "NOT_FOUND"));

    private static IResult Answer(PerspectiveError error) =>
        Results.Json(error, ServerJson.Default.PerspectiveError, statusCode: error.Error.Code);

    private static IResult Shaped(Problem problem) => Answer(PerspectiveError.Of(problem.Status, problem.Detail ?? problem.Title, problem.Status switch
    {
        StatusCodes.Status400BadRequest or StatusCodes.Status413PayloadTooLarge => "INVALID_ARGUMENT",
        StatusCodes.Status401Unauthorized => "UNAUTHENTICATED",
        StatusCodes.Status403Forbidden => "PERMISSION_DENIED",
        StatusCodes.Status404NotFound => "NOT_FOUND",
        StatusCodes.Status409Conflict => "ALREADY_EXISTS",
        StatusCodes.Status429TooManyRequests => "RESOURCE_EXHAUSTED",
        StatusCodes.Status503ServiceUnavailable => "UNAVAILABLE",
        _ => "INTERNAL",
    }));
}
