using System.Globalization;
using System.Text.Json;

namespace Moderato.Classification.Llm;

internal static class CategoryObjectReader
{
    private static readonly Dictionary<string, double> Words = new() { ["true"] = 1, ["false"] = 0 };

    public static TierOutcome Read(CategoryObjectFormat format, IReadOnlyList<string> categories, ModelAnswer answer)
    {
        if (JsonMembers.Read(answer.Text, out var members) is { } fault)
        {
            return new TierOutcome.Failed(fault);
        }

        var scores = new Dictionary<string, double>();
        var weakest = ConfidenceSource.TokenProbability;
        foreach (var category in categories)
        {
            if (members[category, format.Violates] is not { } verdict)
            {
                return new TierOutcome.Failed(ProviderFault.WrongSchema);
            }

            if (verdict.Kind is not (JsonTokenType.True or JsonTokenType.False))
            {
                return new TierOutcome.Failed(ProviderFault.UnknownVerdict);
            }

            bool violates = verdict.Kind == JsonTokenType.True;
            var (score, source) = TokenProbability.Of(answer, verdict.At, Words) is { } probability ? (probability, ConfidenceSource.TokenProbability)
                : format.Confidence is null ? (violates ? 1 : 0, ConfidenceSource.VerdictOnly)
                : (SelfReport.Score(members[category, format.Confidence], violates ? 1 : 0), ConfidenceSource.SelfReport);
            if (double.IsNaN(score))
            {
                return new TierOutcome.Failed(ProviderFault.UnusableNumber);
            }

            scores[category] = score;
            weakest = source > weakest ? source : weakest;
        }

        return new TierOutcome.Judged(scores, weakest);
    }
}

/// <summary>How sure a model says it is: c of a verdict of weight w is w·c + (1 − w)(1 − c).</summary>
internal static class SelfReport
{
    /// <returns>NaN for what is no number in [0,1].</returns>
    public static double Score(JsonMembers.Member? confidence, double weight, IReadOnlyDictionary<string, double>? words = null)
    {
        double sure = confidence switch
        {
            { Kind: JsonTokenType.Number } number => double.Parse(number.Text, CultureInfo.InvariantCulture),
            { Kind: JsonTokenType.String } word when words?.TryGetValue(word.Text, out double value) == true => value,
            _ => double.NaN,
        };
        return sure is >= 0 and <= 1 ? (weight * sure) + ((1 - weight) * (1 - sure)) : double.NaN;
    }
}
