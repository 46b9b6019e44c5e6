namespace Moderato.Improvement.Training;

/// <summary>What training found, not yet quantised.</summary>
/// <param name="Table">rows × lanes weights.</param>
/// <param name="Biases">One for each category: that of a set of ordinary prevalence.</param>
public sealed record TrainedWeights(float[] Table, float[] Biases);
