using System.Text.Json.Serialization;
using Moderato.Decisions;
using Moderato.Releases;
using Moderato.Server.Decisions;

namespace Moderato.Server.FrontDoors.OpenAi;

/// <summary>What <c>POST /v1/moderations</c> answers.</summary>
/// <param name="Model">The release that decided, whatever model was asked for.</param>
/// <param name="Moderato">What the format has no place for, of all results together.</param>
public sealed record ModerationResponse(string Id, string Model, IReadOnlyList<ModerationResult> Results, ModerationSummary Moderato)
{
    /// <param name="decisions">At least one.</param>
    /// <param name="cascade">Of a release that decided, by its id.</param>
    public static ModerationResponse Of(IReadOnlyList<Decision> decisions, Func<string, Cascade> cascade)
    {
        var results = decisions.Select(decision => ModerationResult.Of(decision, cascade(decision.Release))).ToList();
        return new(
            $"modr-{DecisionId.Of(decisions[0].Sequence)}",
            decisions[0].Release,
            results,
            new(decisions[0].Release, [.. OpenAiCategories.All.Where(category => results.All(result => result.Moderato.NotJudged.Contains(category)))]));
    }
}

/// <param name="Flagged">The verdict is not <c>safe</c>; so is that of a text which no category could judge.</param>
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

    private static Dictionary<string, T> Each<T>(Func<string, T> value) => OpenAiCategories.All.ToDictionary(category => category, value);
}

/// <param name="Scores">Every category that was judged, OpenAI's or not.</param>
/// <param name="NotJudged">OpenAI's categories of which the zero above means nothing.</param>
public sealed record ModerationDetail(
    string Decision, string Verdict, string? Category, IReadOnlyDictionary<string, double> Scores, IReadOnlyList<string> NotJudged);

/// <param name="NotJudged">OpenAI's categories that no result judged.</param>
public sealed record ModerationSummary(string Release, IReadOnlyList<string> NotJudged);
