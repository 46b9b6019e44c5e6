namespace Moderato.Statistics.Slices;

/// <param name="Top">How many slices; ties with the last are all kept.</param>
/// <param name="Alpha">Weight of the error rate against the size, in (0, 1].</param>
/// <param name="MinSupport">Least rows of a slice, at least 1.</param>
/// <param name="MaxDepth">Most conditions, at least 1.</param>
public sealed record SliceLineSettings(int Top = 10, double Alpha = 0.95, int MinSupport = 32, int MaxDepth = 3);
