namespace Moderato.Statistics.Curves;

/// <summary>
/// The 10,001 bins on which every curve is exact: bin k holds the scores in [k, k+1) / 10,000, bin 10,000 the score 1.
/// A content is flagged at the cut k / 10,000 when its bin is at least k, whatever further digits its score has.
/// </summary>
public static class ScoreBin
{
    public const int Count = 10_001;

    /// <summary>
    /// floor(10,000 · score). A score stored to 4 decimals is a double a few ulp off its bin's edge;
    /// the guard of 1e-7 bins puts it back without moving any score of 6 decimals or fewer.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The score is NaN or outside [0,1].</exception>
    public static int Of(double score)
    {
        if (!(score >= 0 && score <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(score), score, "A score lies in [0,1].");
        }

        return (int)Math.Floor((score * 10_000) + 1e-7);
    }

    /// <summary>The lower edge of a bin, which is the cut that flags this bin and all above it.</summary>
    public static double Cut(int bin) => bin / 10_000.0;
}
