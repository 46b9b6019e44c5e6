using Moderato.Classification;

namespace Moderato.Improvement.Training;

/// <summary>What training found, not yet quantised.</summary>
/// <param name="Table">rows × lanes weights.</param>
/// <param name="Head">For lanes in the unit of <paramref name="Table"/>.</param>
public sealed record TrainedWeights(float[] Table, NgramHead Head);
