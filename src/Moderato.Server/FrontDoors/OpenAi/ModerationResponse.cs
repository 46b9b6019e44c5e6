using System.Text.Json.Serialization;
using Moderato.Decisions;
using Moderato.Releases;
using Moderato.Server.Decisions;
using Moderato.Server.Hosting;

namespace Moderato.Server.FrontDoors.OpenAi;

/// <summary>What <c>POST /v1/moderations</c> answers.</summary>
/// <param name="Model">The release that decided, whatever model was asked for.</param>
/// <param name="Moderato">What the format has no place for, of all results together.</param>
public sealed record ModerationResponse(string Id, string Model, IReadOnlyList<ModerationResult> Results, ModerationSummary Moderato)
{
    /// <param name="texts">At least one of them decided.</param>
    /// <param name="cascade">Of a release that decided, by its id.</param>
    internal static ModerationResponse Of(IReadOnlyList<ModeratedText> texts, Func<string, Cascade> cascade)
    {
        var first = texts.OfType<ModeratedText.Decided>().First().Decision;
        var results = texts.Select(text => text switch
        {
            ModeratedText.Decided(var decision) => ModerationResult.Of(decision, cascade(decision.Release)),
            ModeratedText.NotDecided(var problem) => ModerationResult.Of(problem),
            _ => throw new InvalidOperationException("A text is one of the two."),
        }).ToList();
        var notDecided = Enumerable.Range(0, texts.Count).Where(index => texts[index] is ModeratedText.NotDecided).ToList();
        return new(
            $"modr-{DecisionId.Of(first.Sequence)}",
            first.Release,
            results,
            new(
                first.Release,
                [.. OpenAiCategories.All.Where(category => results.All(result => result.Moderato.NotJudged.Contains(category)))],
                notDecided.Count == 0 ? null : notDecided));
    }
}

/// <param name="Flagged">The verdict is not <c>safe</c>, as it never is where no category could judge; or there is none, as a tier failed.</param>
/// <param name="Categories">Whether the score of each of OpenAI's categories is one that the release does not call safe.</param>
public sealed record ModerationResult(
    bool Flagged,
    IReadOnlyDictionary<string, bool> Categories,
    [property: JsonPropertyName("category_scores")] IReadOnlyDictionary<string, double> CategoryScores,
    [property: JsonPropertyName("category_applied_input_types")] IReadOnlyDictionary<string, IReadOnlyList<string>> CategoryAppliedInputTypes,
    ModerationDetail Moderato)
{
    private static readonly IReadOnlyList<string> Text = ["text"];

    public static ModerationResult Of(Decision decision, Cascade cascade)
    {
        bool Judged(string category) => decision.Scores.ContainsKey(category);
        return new(
            decision.Verdict != Verdict.Safe,
            Each(category => Judged(category) && cascade.CutsOf(category, decision.Language, decision.Surface).Decide(decision.Scores[category]) != Verdict.Safe),
            Each(category => decision.Scores.GetValueOrDefault(category)),
            Each(category => Judged(category) ? Text : []),
            new(
                DecisionId.Of(decision.Sequence), DecisionAnswer.VerdictName(decision.Verdict), decision.Category, decision.Scores,
                [.. OpenAiCategories.All.Where(category => !Judged(category))]));
    }

    /// <summary>Of a text that was not decided: the format has no place for an error beside results, and what was not judged is never safe.</summary>
    public static ModerationResult Of(Problem problem) =>
        new(true, Each(_ => false), Each(_ => 0.0), Each<IReadOnlyList<string>>(_ => []), new(null, null, null, new Dictionary<string, double>(), OpenAiCategories.All, problem));

    private static Dictionary<string, T> Each<T>(Func<string, T> value) => OpenAiCategories.All.ToDictionary(category => category, value);
}

/// <param name="Scores">Every category that was judged, OpenAI's or not.</param>
/// <param name="NotJudged">OpenAI's categories of which the zero above means nothing.</param>
/// <param name="Problem">Why there is no decision, and what to do; absent where there is one.</param>
public sealed record ModerationDetail(
    string? Decision, string? Verdict, string? Category, IReadOnlyDictionary<string, double> Scores, IReadOnlyList<string> NotJudged, Problem? Problem = null);

/// <param name="NotJudged">OpenAI's categories that no result judged.</param>
/// <param name="NotDecided">The places, from 0, of the texts to send again; absent where all were decided.</param>
public sealed record ModerationSummary(string Release, IReadOnlyList<string> NotJudged, IReadOnlyList<int>? NotDecided);
