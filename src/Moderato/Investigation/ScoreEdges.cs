namespace Moderato.Investigation;

/// <summary>Where the bands of a picture of scores begin and end.</summary>
internal static class ScoreEdges
{
    /// <summary>With more than this in one of twenty equal bands, the picture would be one bar.</summary>
    private const double MostInOneBand = 0.6;

    private static readonly double[] Equal = [.. Enumerable.Range(0, 21).Select(i => i / 20.0)];

    /// <summary>About equally far apart in log odds, with the ends closed.</summary>
    private static readonly double[] Odds =
        [0, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.998, 0.999, 1];

    /// <param name="share">The share of the contents with a score in [from, to); in [from, 1] for the last.</param>
    public static double[] For(Func<double, double, double> share) =>
        Enumerable.Range(0, Equal.Length - 1).Any(i => share(Equal[i], Equal[i + 1]) > MostInOneBand) ? Odds : Equal;
}
