namespace Moderato.Classification.Llm;

/// <summary>
/// How violating a verdict is by the probabilities of its first token: Σ wₜpₜ / Σ pₜ over the tokens that could begin a verdict,
/// wₜ the verdict's weight. What begins no verdict is left out: it would have been no answer.
/// </summary>
internal static class TokenProbability
{
    /// <param name="at">Where the verdict begins in the answer's text.</param>
    /// <param name="words">Each verdict and its weight in [0,1].</param>
    /// <returns>Null where the provider gave no usable probabilities.</returns>
    public static double? Of(ModelAnswer answer, int at, IReadOnlyDictionary<string, double> words)
    {
        int start = string.Concat(answer.Tokens.Select(token => token.Text)).IndexOf(answer.Text, StringComparison.Ordinal);
        if (answer.Tokens.Count == 0 || start < 0)
        {
            return null;
        }

        int position = start + at;
        int before = 0;
        var token = answer.Tokens[0];
        foreach (var next in answer.Tokens)
        {
            token = next;
            if (before + next.Text.Length > position)
            {
                break;
            }

            before += next.Text.Length;
        }

        string lead = token.Text[..Math.Clamp(position - before, 0, token.Text.Length)];
        return Weight(token, lead, words) is { } weight ? Score(token, lead, weight, words) : null;
    }

    private static double? Score(AnswerToken token, string lead, double said, IReadOnlyDictionary<string, double> words)
    {
        double mass = 0, violating = 0;
        foreach (var chance in token.Alternatives.Append(new(token.Text, token.LogProbability)).DistinctBy(chance => chance.Text))
        {
            if (double.IsFinite(chance.LogProbability) && chance.LogProbability <= 0.01 && Weight(chance.Text, lead, words) is { } weight)
            {
                double probability = Math.Exp(Math.Min(0, chance.LogProbability));
                mass += probability;
                violating += weight * probability;
            }
        }

        if (mass == 0)
        {
            return null;
        }

        // One token alone: the rest of the mass is the other verdicts'.
        double others = words.Values.Where(weight => weight != said).DefaultIfEmpty(said).Average();
        return token.Alternatives.Count <= 1 ? violating + ((1 - mass) * others) : violating / mass;
    }

    private static double? Weight(AnswerToken token, string lead, IReadOnlyDictionary<string, double> words) => Weight(token.Text, lead, words);

    /// <summary>The weight of the verdicts that the token begins or is the beginning of; null when there is none, or they differ.</summary>
    private static double? Weight(string text, string lead, IReadOnlyDictionary<string, double> words)
    {
        text = text.StartsWith(lead, StringComparison.Ordinal) ? text[lead.Length..] : text.TrimStart(' ', '\n', '\t', ':', '"');
        text = text.TrimStart();
        if (text.Length == 0)
        {
            return null;
        }

        var weights = words
            .Where(word => word.Key.StartsWith(text, StringComparison.OrdinalIgnoreCase) || text.StartsWith(word.Key, StringComparison.OrdinalIgnoreCase))
            .Select(word => word.Value).Distinct().ToList();
        return weights.Count == 1 ? weights[0] : null;
    }
}
