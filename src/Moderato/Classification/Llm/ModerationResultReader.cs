using System.Text.Json;

namespace Moderato.Classification.Llm;

internal static class ModerationResultReader
{
    public static TierOutcome Read(IReadOnlyList<string> categories, string text)
    {
        if (JsonMembers.Read(text, out var members) is { } fault)
        {
            return new TierOutcome.Failed(fault);
        }

        if (members["results", "0", "category_scores"] is null)
        {
            return new TierOutcome.Failed(ProviderFault.WrongSchema);
        }

        if (members["results", "1"] is not null)
        {
            return new TierOutcome.Failed(ProviderFault.TwoVerdicts);
        }

        var scores = new Dictionary<string, double>();
        foreach (var category in categories)
        {
            // Older models do not judge the newer categories: absent, never 0.
            if (members["results", "0", "category_scores", category] is { Kind: not JsonTokenType.Null } score)
            {
                scores[category] = SelfReport.Score(score, weight: 1);
            }
        }

        return scores.Values.Any(double.IsNaN) ? new TierOutcome.Failed(ProviderFault.UnusableNumber)
            : scores.Count == 0 ? new TierOutcome.Failed(ProviderFault.WrongSchema)
            : new TierOutcome.Judged(scores, ConfidenceSource.ModelScore);
    }
}
