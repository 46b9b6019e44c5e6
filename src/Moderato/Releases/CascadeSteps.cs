using Moderato.Classification;
using Moderato.Decisions;

namespace Moderato.Releases;

/// <summary>
/// The later tiers of a release, without asking anybody: whom to ask about what, and what their answers make of a verdict. A
/// category that is above its band is never asked about, so nothing that a text says to a model can lower it.
/// </summary>
public static class CascadeSteps
{
    /// <summary>What the first tier says.</summary>
    public static CascadeState Begin(this Cascade cascade, string text, string? language, string? surface)
    {
        var scores = new double[cascade.Categories.Count];
        var verdict = cascade.Decide(text, language, surface, scores);
        var byTier = new Dictionary<string, IReadOnlyDictionary<string, double>>();
        for (int c = 0; c < scores.Length; c++)
        {
            byTier[cascade.Categories[c]] = double.IsNaN(scores[c]) ? new Dictionary<string, double>() : new Dictionary<string, double> { [TierModel.Ngram] = scores[c] };
        }

        return new() { Language = language ?? Cascade.UnknownLanguage, Surface = surface, Scores = scores, ByTier = byTier, Verdict = verdict, Tier = TierModel.Ngram };
    }

    /// <summary>
    /// Whether some tier gives content in a language a score in the category, unless it fails. A band narrows nothing here: what an
    /// earlier tier judged has its score, in the band or out of it, and what none judged is always asked about.
    /// </summary>
    public static bool MayJudge(this Cascade cascade, string category, string language) =>
        cascade.Judges(category, language)
        || (cascade.Release.Escalations ?? []).Any(escalation => escalation.Asks(category, double.NaN, Primary(language)));

    /// <summary>The categories that a later tier has to be asked about; empty when the content does not escalate to it.</summary>
    public static IReadOnlyList<string> AskedBy(this Cascade cascade, CascadeState state, Escalation escalation)
    {
        string primary = Primary(state.Language);
        return state.Refused ? [] : [.. cascade.Categories.Where((category, c) => escalation.Asks(category, state.Scores[c], primary))];
    }

    /// <summary>Whether any later tier has to be asked after what is known now.</summary>
    public static bool AsksLater(this Cascade cascade, CascadeState state) =>
        (cascade.Release.Escalations ?? []).Any(escalation => cascade.AskedBy(state, escalation).Count > 0);

    /// <summary>The state after a later tier was asked, or could not be.</summary>
    public static CascadeState Apply(this Cascade cascade, CascadeState state, Escalation escalation, IReadOnlyList<string> asked, TierOutcome outcome)
    {
        var scores = state.Scores.ToArray();
        var byTier = state.ByTier.ToDictionary();
        var combined = new List<string>();
        if (outcome is TierOutcome.Judged judged)
        {
            foreach (var category in asked.Where(judged.Scores.ContainsKey))
            {
                byTier[category] = new Dictionary<string, double>(byTier[category]) { [escalation.Tier] = judged.Scores[category] };
                var map = escalation.Calibration[category].For(byTier[category]);
                scores[cascade.IndexOf(category)] = map.Score(byTier[category]);
                if (map.Weights.Count > 1)
                {
                    combined.Add(category);
                }
            }
        }

        // What a tier was asked and left out it did not judge.
        var unjudged = asked.Where(category => outcome is not TierOutcome.Judged some || !some.Scores.ContainsKey(category)).ToList();
        OnFailure? became = unjudged.Count == 0 ? null
            : escalation.OnFailure == OnFailure.PreviousTier && unjudged.Exists(category => double.IsNaN(scores[cascade.IndexOf(category)])) ? OnFailure.Review
            : escalation.OnFailure;
        var verdict = cascade.Decide(scores, state.Language, state.Surface);
        if (became == OnFailure.Review && verdict.Verdict == Verdict.Safe)
        {
            verdict = new(Verdict.Borderline, cascade.IndexOf(unjudged.MaxBy(category => scores[cascade.IndexOf(category)])!));
        }

        // Safe content is safe by all that judged it; other content is what it is by one category.
        bool Decided(CascadeVerdict by) => outcome is TierOutcome.Judged
            && (by.Verdict == Verdict.Safe || by.Category < 0 || byTier[cascade.Categories[by.Category]].ContainsKey(escalation.Tier));
        return state with
        {
            Scores = scores,
            ByTier = byTier,
            Verdict = verdict,
            Tier = Decided(verdict) ? escalation.Tier : state.Tier,
            Steps = [.. state.Steps, new TierStep(escalation.Tier, asked, outcome, combined, became)],
            Refused = became == OnFailure.Refuse,
        };
    }

    public static CascadeDecision DecisionOf(this Cascade cascade, CascadeState state) => new(
        state.Verdict.Verdict,
        state.Verdict.Category < 0 ? null : cascade.Categories[state.Verdict.Category],
        cascade.Categories.Zip(state.Scores).Where(score => !double.IsNaN(score.Second)).ToDictionary(score => score.First, score => score.Second),
        state.Tier);

    /// <summary>Of a tag such as <c>pt-BR</c> the part before the hyphen.</summary>
    private static string Primary(string language)
    {
        int hyphen = language.IndexOf('-', StringComparison.Ordinal);
        return hyphen < 0 ? language : language[..hyphen];
    }

    private static int IndexOf(this Cascade cascade, string category)
    {
        for (int c = 0; c < cascade.Categories.Count; c++)
        {
            if (cascade.Categories[c] == category)
            {
                return c;
            }
        }

        throw new ArgumentException($"The release does not judge \"{category}\".", nameof(category));
    }
}
