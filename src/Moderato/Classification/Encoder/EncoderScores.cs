namespace Moderato.Classification.Encoder;

/// <summary>What an encoder says of one content.</summary>
/// <param name="Scores">In [0,1], in the order of <see cref="EncoderModel.Categories"/>; of a text in windows the highest of each.</param>
/// <param name="Embedding">Of its first window; empty for a model that gives none.</param>
/// <param name="Tokens">With those that mark ends, over all windows: what it cost.</param>
public sealed record EncoderScores(double[] Scores, float[] Embedding, int Tokens);
