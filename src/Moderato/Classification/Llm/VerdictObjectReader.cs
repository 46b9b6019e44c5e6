namespace Moderato.Classification.Llm;

internal static class VerdictObjectReader
{
    public static TierOutcome Read(VerdictObjectFormat format, IReadOnlyList<string> categories, ModelAnswer answer)
    {
        if (JsonMembers.Read(answer.Text, out var members) is { } fault)
        {
            return new TierOutcome.Failed(fault);
        }

        if (members[format.Verdict] is not { } verdict)
        {
            return new TierOutcome.Failed(ProviderFault.WrongSchema);
        }

        if (!format.Words.TryGetValue(verdict.Text, out double weight))
        {
            return new TierOutcome.Failed(ProviderFault.UnknownVerdict);
        }

        var named = format.Categories is null || weight == 0 ? [] : members.Texts(format.Categories);
        if (named is null || (format.Categories is not null && weight > 0 && named.Count == 0))
        {
            return new TierOutcome.Failed(ProviderFault.WrongSchema);
        }

        if (named.Except(categories).Any())
        {
            return new TierOutcome.Failed(ProviderFault.UnknownCategory);
        }

        var (score, source) = TokenProbability.Of(answer, verdict.At, format.Words) is { } probability ? (probability, ConfidenceSource.TokenProbability)
            : format.Confidence is null ? (weight, ConfidenceSource.VerdictOnly)
            : (SelfReport.Score(members[format.Confidence], weight, format.ConfidenceWords), ConfidenceSource.SelfReport);
        return double.IsNaN(score)
            ? new TierOutcome.Failed(ProviderFault.UnusableNumber)
            : new TierOutcome.Judged(NamedCategories.Scores(categories, format.Categories is null ? categories : named, weight, score), source);
    }
}

/// <summary>One verdict, spread over the categories that were asked about.</summary>
internal static class NamedCategories
{
    /// <summary>
    /// A violating verdict's score goes to those it names and 0 to the others; a safe one's score, the chance that it would have been
    /// violating, goes to all, since which of them it would have named is not known.
    /// </summary>
    public static Dictionary<string, double> Scores(IReadOnlyList<string> asked, IEnumerable<string> named, double weight, double score) =>
        asked.ToDictionary(category => category, category => weight == 0 || named.Contains(category) ? score : 0);
}
