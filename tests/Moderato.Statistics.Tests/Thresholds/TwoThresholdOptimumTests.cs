using System.Numerics;
using CsCheck;
using Moderato.Statistics.Thresholds;

namespace Moderato.Statistics.Tests.Thresholds;

public sealed class TwoThresholdOptimumTests
{
    /// <summary>Few values, zeros and ties among them, and some that no short binary fraction holds.</summary>
    private static readonly Gen<double> Mass = OneOf(0.0, 0, 1, 2, 2, 3.5, .1, .2, .30000000000000004, 1 / 3.0, 1e-12, 1e9);

    private static readonly Gen<ThresholdProblem> Problem =
        from bins in Gen.Int[0, 9]
        from safe in Mass.Array[bins]
        from violating in Mass.Array[bins]
        from items in Mass.Array[bins]
        from costs in OneOf(0.0, .1, .5, 1, 1, 3).Array[3]
        from capacity in OneOf(0.0, .3, 1, 2, 5.5, 1e9, double.PositiveInfinity)
        from falseBlocks in OneOf<double?>(null, null, 0, .3, 4)
        from missed in OneOf<double?>(null, null, 0, .3, 4)
        from errors in OneOf(0.0, 0, 0, .1, .25, 1).Array[2]
        select new ThresholdProblem(safe, violating, items, costs[0], costs[1], costs[2], capacity, falseBlocks, missed)
        {
            ErrorOnSafe = errors[0],
            ErrorOnViolating = errors[1],
        };

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    [Fact]
    public void Equals_brute_force_in_exact_fractions_on_every_input() => Problem.Sample(problem =>
    {
        var expected = BruteForce(problem);
        var ours = TwoThresholdOptimum.Find(problem);
        return (expected, ours) switch
        {
            (null, ThresholdChoice.Infeasible) => true,
            ({ } pair, ThresholdChoice.Optimal optimum) => (pair.Review, pair.Block) == (optimum.ReviewFrom, optimum.BlockFrom),
            _ => false,
        };
    }, iter: 10_000);

    [Fact]
    public void More_capacity_never_costs_more() => Problem.Sample(problem =>
    {
        var choices = TwoThresholdOptimum.Find(problem, [0, .3, 1, 2, 5.5, 100, double.PositiveInfinity]);
        double before = double.PositiveInfinity;
        foreach (var choice in choices)
        {
            if (choice is ThresholdChoice.Optimal optimum)
            {
                Assert.True(optimum.Harm <= before);
                before = optimum.Harm;
            }
            else
            {
                Assert.Equal(double.PositiveInfinity, before);
            }
        }
    }, iter: 1_000);

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(-1.0)]
    [InlineData(double.PositiveInfinity)]
    public void A_mass_that_is_none_is_refused(double mass)
    {
        var error = Assert.Throws<ArgumentException>(() => TwoThresholdOptimum.Find(new([1, mass], [1, 1], [1, 1], 1, 1, 1, 1)));
        Assert.Contains("finite and not negative", error.Message, StringComparison.Ordinal);
    }

    private static (int Review, int Block)? BruteForce(ThresholdProblem problem)
    {
        (Fraction Harm, Fraction Load, int Review, int Block)? best = null;
        int bins = problem.Safe.Count;
        for (int block = bins; block >= 0; block--)
        {
            for (int review = block; review >= 0; review--)
            {
                var load = Sum(problem.ReviewItems, review, block);
                var falseBlocks = Sum(problem.Safe, block, bins);
                var missed = Sum(problem.Violating, 0, review);
                if (Above(load, problem.Capacity) || Above(falseBlocks, problem.MostFalseBlocks) || Above(missed, problem.MostMissed))
                {
                    continue;
                }

                var harm = (falseBlocks * problem.CostFalseBlock) + (missed * problem.CostMissed) + (load * problem.CostReview)
                    + (Sum(problem.Safe, review, block) * (problem.CostFalseBlock * problem.ErrorOnSafe))
                    + (Sum(problem.Violating, review, block) * (problem.CostMissed * problem.ErrorOnViolating));

                // Pairs come with the larger block first, then the larger review: only a better one replaces.
                if (best is not { } known || harm.CompareTo(known.Harm) is var order && (order < 0 || (order == 0 && load.CompareTo(known.Load) < 0)))
                {
                    best = (harm, load, review, block);
                }
            }
        }

        return best is { } found ? (found.Review, found.Block) : null;
    }

    private static bool Above(Fraction sum, double? limit) =>
        limit is { } most && !double.IsPositiveInfinity(most) && sum.CompareTo(Fraction.Of(most)) > 0;

    private static Fraction Sum(IReadOnlyList<double> masses, int from, int to)
    {
        var sum = Fraction.Of(0);
        for (int i = from; i < to; i++)
        {
            sum += Fraction.Of(masses[i]);
        }

        return sum;
    }

    /// <summary>Numerator / 2^1200: every double of these tests and every product of two is one.</summary>
    private readonly record struct Fraction(BigInteger Numerator) : IComparable<Fraction>
    {
        private const int Bits = 1200;

        public static Fraction Of(double value) => new((BigInteger)Math.ScaleB(value, 300) << (Bits - 300));

        public static Fraction operator +(Fraction a, Fraction b) => new(a.Numerator + b.Numerator);

        public static Fraction operator *(Fraction a, double b) => new((a.Numerator * Of(b).Numerator) >> Bits);

        public int CompareTo(Fraction other) => Numerator.CompareTo(other.Numerator);
    }
}
