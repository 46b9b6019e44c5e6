using Moderato.Investigation.Findings;

namespace Moderato.Investigation.Confidence;

/// <summary>Where the scores of the false positives lie; every figure weighted by 1/π.</summary>
internal sealed class FalsePositiveScores
{
    /// <summary>A margin below this is in reach of a threshold (CONTRACT).</summary>
    private const double LowMargin = 0.15;

    /// <summary>From this score up the model believes it (CONTRACT).</summary>
    private const double HighScore = 0.85;

    private readonly List<(double Score, double Weight)> current = [];
    private readonly List<(double Score, double Weight)> reference = [];

    public static FalsePositiveScores Of(Evidence evidence)
    {
        var scores = new FalsePositiveScores();
        var table = evidence.Table;
        for (int row = 0; row < table.Count; row++)
        {
            if (evidence.IsFalsePositive(row) && !double.IsNaN(table.Scores![row]))
            {
                (table.IsCurrent(row) ? scores.current : scores.reference).Add((table.Scores[row], evidence.Weights[row]));
            }
        }

        scores.current.Sort();
        return scores;
    }

    public Margins? MarginsOver(double cut) =>
        current.Count == 0 ? null : new(Quantile(0.1) - cut, Quantile(0.5) - cut, Quantile(0.9) - cut);

    public double? LowShare(double cut) => Share(current, score => score - cut < LowMargin);

    public double? HighShare() => Share(current, score => score >= HighScore);

    public IReadOnlyList<ScoreBand> Bands()
    {
        if (current.Count == 0)
        {
            return [];
        }

        var edges = ScoreEdges.For((from, to) => Share(current, In(from, to))!.Value);
        return [.. edges.Zip(edges.Skip(1), (from, to) => new ScoreBand(from, to, Share(current, In(from, to))!.Value, Share(reference, In(from, to))))];

        static Func<double, bool> In(double from, double to) => score => score >= from && (score < to || to >= 1);
    }

    private static double? Share(List<(double Score, double Weight)> scores, Func<double, bool> has)
    {
        double all = 0, with = 0;
        foreach (var (score, weight) in scores)
        {
            all += weight;
            with += has(score) ? weight : 0;
        }

        return all > 0 ? with / all : null;
    }

    /// <summary>The least score that at least this share of the weight does not exceed.</summary>
    private double Quantile(double share)
    {
        double wanted = share * current.Sum(score => score.Weight), below = 0;
        foreach (var (score, weight) in current)
        {
            below += weight;
            if (below >= wanted)
            {
                return score;
            }
        }

        return current[^1].Score;
    }
}
