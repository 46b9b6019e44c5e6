namespace Moderato.Statistics.Curves;

/// <summary>
/// Mass per score bin and class: the mergeable sufficient statistic behind every curve. Exact for scores of 4 decimals.
/// Merging is associative and equals the whole: exactly for counts (whole weights up to 2^53), to rounding for other weights.
/// </summary>
public sealed class ScoreHistogram
{
    private readonly double[] positive = new double[ScoreBin.Count];
    private readonly double[] negative = new double[ScoreBin.Count];
    private readonly double[] unlabelled = new double[ScoreBin.Count];

    /// <summary>Weighted mass per bin of truly violating rows.</summary>
    public ReadOnlySpan<double> Positive => positive;

    /// <summary>Weighted mass per bin of truly safe rows.</summary>
    public ReadOnlySpan<double> Negative => negative;

    /// <summary>Weighted mass per bin of rows without a label.</summary>
    public ReadOnlySpan<double> Unlabelled => unlabelled;

    /// <summary>Rows added, whatever their weight.</summary>
    public long PositiveRows { get; private set; }

    public long NegativeRows { get; private set; }

    public long UnlabelledRows { get; private set; }

    /// <exception cref="ArgumentOutOfRangeException">The score is NaN or outside [0,1], or the weight negative or not finite.</exception>
    public void Add(double score, bool isPositive, double weight = 1)
    {
        int bin = ScoreBin.Of(score);
        (isPositive ? positive : negative)[bin] += Checked(weight);
        if (isPositive)
        {
            PositiveRows++;
        }
        else
        {
            NegativeRows++;
        }
    }

    /// <exception cref="ArgumentOutOfRangeException">As in <see cref="Add"/>.</exception>
    public void AddUnlabelled(double score, double weight = 1)
    {
        unlabelled[ScoreBin.Of(score)] += Checked(weight);
        UnlabelledRows++;
    }

    public static ScoreHistogram Merge(ScoreHistogram first, ScoreHistogram second)
    {
        var both = new ScoreHistogram
        {
            PositiveRows = first.PositiveRows + second.PositiveRows,
            NegativeRows = first.NegativeRows + second.NegativeRows,
            UnlabelledRows = first.UnlabelledRows + second.UnlabelledRows,
        };
        for (int bin = 0; bin < ScoreBin.Count; bin++)
        {
            both.positive[bin] = first.positive[bin] + second.positive[bin];
            both.negative[bin] = first.negative[bin] + second.negative[bin];
            both.unlabelled[bin] = first.unlabelled[bin] + second.unlabelled[bin];
        }

        return both;
    }

    /// <summary>The bins that hold labelled mass, each at the cut that flags it.</summary>
    public ScoreLevels Levels()
    {
        var bins = Enumerable.Range(0, ScoreBin.Count).Where(bin => positive[bin] + negative[bin] > 0).ToArray();
        return new(
            [.. bins.Select(ScoreBin.Cut)],
            [.. bins.Select(bin => positive[bin])],
            [.. bins.Select(bin => negative[bin])]);
    }

    private static double Checked(double weight) => weight >= 0 && double.IsFinite(weight)
        ? weight
        : throw new ArgumentOutOfRangeException(nameof(weight), weight, "A weight is finite and not negative.");
}
