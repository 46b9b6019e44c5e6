using Moderato.Decisions;
using Moderato.Investigation;
using Moderato.Statistics.Curves;
using Moderato.Statistics.Intervals;
using Moderato.Statistics.Sampling;

namespace Moderato.Tuning;

/// <summary>
/// What every pair of cuts is judged by: the current contents per score bin, labelled or not, and the labelled rows whose
/// sampling is known. Made once; a pair of cuts then costs one pass over the labelled rows.
/// </summary>
internal sealed class TuningRows
{
    private readonly Evidence evidence;
    private readonly bool clustered;
    private readonly double[] contentsBelow;
    private readonly double[] squaresBelow;
    private readonly LabelledVerdicts sample = new();

    public TuningRows(Evidence evidence)
    {
        this.evidence = evidence;
        clustered = evidence.ClusterCount < evidence.Table.Count;
        var table = evidence.Table;
        var scores = table.Scores!;
        var contents = new double[ScoreBin.Count];
        var clusters = new Dictionary<(int Cluster, int Bin), int>();
        var labelled = new List<Labelled>();
        for (int row = 0; row < scores.Length; row++)
        {
            if (!table.IsCurrent(row))
            {
                continue;
            }

            if (double.IsNaN(scores[row]))
            {
                WithoutScore++;
                continue;
            }

            int bin = ScoreBin.Of(scores[row]);
            contents[bin]++;
            ContentsByVerdict[(int)table.Verdicts[row]]++;
            if (clustered)
            {
                var key = (evidence.Clusters[row], bin);
                clusters[key] = clusters.GetValueOrDefault(key) + 1;
            }

            if (evidence.Weights[row] > 0)
            {
                labelled.Add(new(
                    row, bin, table.Labels[row] == 1, evidence.Weights[row], evidence.Clusters[row]));
            }
        }

        Contents = contents;
        Rows = [.. labelled];
        contentsBelow = Below(contents);
        squaresBelow = clustered ? Below(Squares(clusters)) : contentsBelow;
    }

    public Evidence Evidence => evidence;

    /// <summary>Current contents per bin, labelled or not.</summary>
    public double[] Contents { get; }

    /// <summary>Current contents with a score, by today's verdict.</summary>
    public double[] ContentsByVerdict { get; } = new double[3];

    /// <summary>Labelled current rows with a score and a known inclusion probability.</summary>
    public Labelled[] Rows { get; }

    /// <summary>Current contents with a score.</summary>
    public double Total => contentsBelow[^1];

    /// <summary>Current contents without a score, which no cut decides.</summary>
    public long WithoutScore { get; }

    /// <summary>Contents that the cuts send to review.</summary>
    public double Reviews(Cuts cuts) => Reviews(cuts.ReviewBin, cuts.BlockBin);

    public double Reviews(int reviewBin, int blockBin) => contentsBelow[blockBin] - contentsBelow[reviewBin];

    public double Blocked(Cuts cuts) => Total - contentsBelow[cuts.BlockBin];

    /// <summary>FPR, FNR and precision of the contents under these cuts, from all labels.</summary>
    public (Rate Fpr, Rate Fnr, Rate Precision) Rates(Cuts cuts)
    {
        if (evidence.WhyNoRates is { } why)
        {
            var unknown = new Rate.Unknown(why);
            return (unknown, unknown, unknown);
        }

        sample.Clear();
        int review = cuts.ReviewBin, block = cuts.BlockBin;
        foreach (var row in Rows)
        {
            sample.Add(row.Bin >= block ? 2 : row.Bin >= review ? 1 : 0, row.Weight, row.Violating, row.Cluster);
        }

        var rates = new PostStratifiedErrorRates(
            new(Split(contentsBelow, review, block), Split(squaresBelow, review, block)), sample, clustered,
            RateFindings.Population(evidence, Period.Current), evidence.Design);
        return (rates.Fpr, rates.Fnr, Complement(rates.FalseDiscoveryShare));
    }

    private static Rate Complement(Rate share) => share is Rate.Known known
        ? known with { Estimate = 1 - known.Estimate, Low = 1 - known.High, High = 1 - known.Low }
        : share;

    private static double[] Split(double[] below, int review, int block) => [below[review], below[block] - below[review], below[^1] - below[block]];

    private static double[] Below(double[] perBin)
    {
        var below = new double[perBin.Length + 1];
        for (int bin = 0; bin < perBin.Length; bin++)
        {
            below[bin + 1] = below[bin] + perBin[bin];
        }

        return below;
    }

    private static double[] Squares(Dictionary<(int Cluster, int Bin), int> clusters)
    {
        var squares = new double[ScoreBin.Count];
        foreach (var ((_, bin), count) in clusters)
        {
            squares[bin] += (double)count * count;
        }

        return squares;
    }

    /// <param name="Row">In the table.</param>
    /// <param name="Weight">1/π.</param>
    public readonly record struct Labelled(int Row, int Bin, bool Violating, double Weight, int Cluster);
}
