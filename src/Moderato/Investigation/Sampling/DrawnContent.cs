namespace Moderato.Investigation.Sampling;

/// <summary>A content to label.</summary>
/// <param name="Row">Its row in the table.</param>
/// <param name="ClusterSize">Contents of its near-duplicate cluster, for all of which its label will stand.</param>
/// <param name="InclusionProbability">The probability with which the cluster came to be drawn, exactly n_h / N_h of its stratum.</param>
public sealed record DrawnContent(int Row, int ClusterSize, double InclusionProbability);
