using Moderato.Statistics.Distributions;
using Moderato.Statistics.HypothesisTests;
using Moderato.Statistics.Intervals;
using Moderato.Statistics.Sampling;

namespace Moderato.Statistics.Drift;

/// <summary>
/// The AUC of a cross-fitted domain classifier: each fold's rows are scored by a model that was not fitted to them, and only
/// rows of one fold are compared with each other, since two models' scores have unlike scales.
/// </summary>
/// <param name="Auc">Mean of the folds' AUCs, weighted by their pairs.</param>
/// <param name="Interval">± z · √Σ w² SE² with DeLong's standard errors, clipped to [0,1].</param>
/// <param name="NullStandardError">√Σ w² (n + m + 1)/12nm.</param>
/// <param name="PValue">By permuting the sides within each fold, (1 + #{AUC* ≥ AUC})/(1 + B); never 0.</param>
public sealed record CrossFittedAuc(double Auc, Interval Interval, double NullStandardError, double PValue)
{
    /// <param name="scores">Of each row, by the model that was not fitted to it.</param>
    /// <param name="current">Which side a row stands on.</param>
    /// <param name="folds">Each row's fold, from 0.</param>
    /// <param name="resamples">B, the permutations.</param>
    /// <returns>Null when no fold has rows of both sides.</returns>
    /// <exception cref="ArgumentException">Lengths differ or a score is NaN.</exception>
    public static CrossFittedAuc? Of(
        ReadOnlySpan<double> scores, ReadOnlySpan<bool> current, ReadOnlySpan<int> folds, int resamples, ulong seed, double confidence = .95)
    {
        if (scores.Length != current.Length || scores.Length != folds.Length)
        {
            throw new ArgumentException($"{scores.Length} scores, {current.Length} sides and {folds.Length} folds.", nameof(current));
        }

        var parts = Split(scores, current, folds);
        double pairs = parts.Sum(part => part.Pairs);
        if (pairs == 0)
        {
            return null;
        }

        double auc = 0, variance = 0, nullVariance = 0;
        foreach (var part in parts)
        {
            var own = DomainAuc.Of(part.Reference, part.Current, confidence);
            double weight = part.Pairs / pairs;
            auc += weight * own.Auc;
            variance += weight * weight * own.StandardError * own.StandardError;
            nullVariance += weight * weight * own.NullStandardError * own.NullStandardError;
        }

        double half = NormalDistribution.TwoSidedQuantile(confidence) * Math.Sqrt(variance);
        double p = PermutationPValue.Of(auc, Permuted(parts, pairs, resamples, seed));
        return new(auc, new(Math.Max(0, auc - half), Math.Min(1, auc + half)), Math.Sqrt(nullVariance), p);
    }

    private static List<Part> Split(ReadOnlySpan<double> scores, ReadOnlySpan<bool> current, ReadOnlySpan<int> folds)
    {
        var sides = new SortedDictionary<int, (List<double> Reference, List<double> Current)>();
        for (int i = 0; i < scores.Length; i++)
        {
            if (!sides.TryGetValue(folds[i], out var side))
            {
                sides.Add(folds[i], side = ([], []));
            }

            (current[i] ? side.Current : side.Reference).Add(scores[i]);
        }

        return [.. sides.Values.Where(side => side.Reference.Count > 0 && side.Current.Count > 0).Select(side => new Part([.. side.Reference], [.. side.Current]))];
    }

    private static double[] Permuted(List<Part> parts, double pairs, int resamples, ulong seed)
    {
        var random = new SplitMix64(seed);
        var permuted = new double[resamples];
        foreach (var part in parts)
        {
            double[] ranks = part.Ranks();
            int n = part.Current.Length;
            for (int resample = 0; resample < resamples; resample++)
            {
                // The first n of a shuffle are a random half; the ranks stay shuffled, which the next shuffle does not mind.
                double sum = 0;
                for (int i = 0; i < n; i++)
                {
                    int j = i + random.Next(ranks.Length - i);
                    (ranks[i], ranks[j]) = (ranks[j], ranks[i]);
                    sum += ranks[i];
                }

                permuted[resample] += (sum - (n * (n + 1.0) / 2)) / pairs;
            }
        }

        return permuted;
    }

    private sealed record Part(double[] Reference, double[] Current)
    {
        public double Pairs => (double)Reference.Length * Current.Length;

        /// <summary>Ranks of all rows from 1, ties sharing their mean rank.</summary>
        public double[] Ranks()
        {
            double[] sorted = [.. Reference, .. Current];
            Array.Sort(sorted);
            var ranks = new double[sorted.Length];
            for (int from = 0, to; from < sorted.Length; from = to)
            {
                for (to = from + 1; to < sorted.Length && sorted[to] == sorted[from]; to++)
                {
                }

                ranks.AsSpan(from, to - from).Fill((from + 1 + to) / 2.0);
            }

            return ranks;
        }
    }
}
