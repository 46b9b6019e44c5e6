namespace Moderato.Releases;

/// <summary>
/// The map from a later tier's score to a probability, for one model version, policy version and category:
/// p = σ(b + Σ wₜ·logit sₜ) over the tiers t that it names, each score clipped to [0.0001, 0.9999].
/// </summary>
/// <param name="Alone">On its own score; used where an earlier tier did not judge the category.</param>
/// <param name="Combined">On its own score and those of earlier tiers; null where that was no better on contents that neither map was fitted to.</param>
/// <param name="Prior">The share of violating contents that the probabilities are true at.</param>
public sealed record TierCalibration(LogisticMap Alone, LogisticMap? Combined, double Prior)
{
    /// <summary>The map that these scores allow.</summary>
    /// <param name="scores">By tier: what each said of the category.</param>
    public LogisticMap For(IReadOnlyDictionary<string, double> scores) =>
        Combined is not null && Combined.Weights.Keys.All(scores.ContainsKey) ? Combined : Alone;
}

/// <param name="Weights">By tier.</param>
public sealed record LogisticMap(double Intercept, IReadOnlyDictionary<string, double> Weights)
{
    private const double Least = 0.0001;

    public static double Logit(double score)
    {
        double clipped = Math.Clamp(score, Least, 1 - Least);
        return Math.Log(clipped / (1 - clipped));
    }

    /// <summary>The score that is reported and stored: the probability to 4 decimals.</summary>
    /// <param name="scores">By tier; holds all that <see cref="Weights"/> names.</param>
    public double Score(IReadOnlyDictionary<string, double> scores)
    {
        // In the order of names, so that the sum is the same whatever the file's order.
        double sum = Intercept;
        foreach (var (tier, weight) in Weights.OrderBy(weight => weight.Key, StringComparer.Ordinal))
        {
            sum += weight * Logit(scores[tier]);
        }

        return Math.Round(1 / (1 + Math.Exp(-sum)), 4);
    }
}
