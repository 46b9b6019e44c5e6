namespace Moderato.Statistics.Slices;

/// <param name="Features">The conjunction, ascending.</param>
/// <param name="Score">SliceLine's score, see <see cref="SliceLine"/>.</param>
/// <param name="Rows">Rows in the slice.</param>
/// <param name="Size">Sum of their weights; equals <paramref name="Rows"/> where there are none.</param>
/// <param name="Errors">Weighted sum of their errors.</param>
/// <param name="MaxError">The greatest single error, unweighted.</param>
public sealed record ScoredSlice(
    IReadOnlyList<int> Features, double Score, long Rows, double Size, double Errors, double MaxError);
