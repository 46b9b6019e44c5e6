namespace Moderato.Investigation.Shift;

/// <summary>What the texts say of each row, by models that never saw the text nor a near-duplicate of it; NaN where nothing of it could be read.</summary>
/// <param name="DomainScores">P(current | text) at even odds.</param>
/// <param name="ExpectedScores">Log odds of the score that the classifier would have given in the reference; null without scores.</param>
public sealed record TextEvidence(double[] DomainScores, double[]? ExpectedScores);
