using System.Numerics;

namespace Moderato.Statistics.Thresholds;

/// <summary>Prefix sums of one problem, exact, and the sliding-window search over them.</summary>
internal sealed class ThresholdSearch
{
    private readonly int bins;
    private readonly int massScale;
    private readonly int costScale;

    // Sums over the bins below an index: reviews; harm of allowing less the reviews spared; harm of blocking plus the reviews.
    private readonly BigInteger[] reviews;
    private readonly BigInteger[] allow;
    private readonly BigInteger[] block;
    private readonly int lowestBlock;
    private readonly int highestReview;

    public ThresholdSearch(ThresholdProblem problem)
    {
        bins = problem.Safe.Count;
        if (problem.Violating.Count != bins || problem.ReviewItems.Count != bins)
        {
            throw new ArgumentException("Safe, violating and review items count the same bins.", nameof(problem));
        }

        massScale = ExactSum.Scale([.. problem.Safe, .. problem.Violating, .. problem.ReviewItems]);
        // A reviewer's error costs what the error costs: a double of its own, exact from here on.
        double wrongBlock = problem.CostFalseBlock * problem.ErrorOnSafe, wrongPass = problem.CostMissed * problem.ErrorOnViolating;
        costScale = ExactSum.Scale([problem.CostFalseBlock, problem.CostMissed, problem.CostReview, wrongBlock, wrongPass]);
        var safe = Below(problem.Safe);
        var violating = Below(problem.Violating);
        reviews = Below(problem.ReviewItems);
        var (falseBlock, missed, review) = (Cost(problem.CostFalseBlock), Cost(problem.CostMissed), Cost(problem.CostReview));
        var (errorOnSafe, errorOnViolating) = (Cost(wrongBlock), Cost(wrongPass));
        allow = new BigInteger[bins + 1];
        block = new BigInteger[bins + 1];
        for (int i = 0; i <= bins; i++)
        {
            var spared = (review * reviews[i]) + (errorOnSafe * safe[i]) + (errorOnViolating * violating[i]);
            allow[i] = (missed * violating[i]) - spared;
            block[i] = (falseBlock * (safe[bins] - safe[i])) + spared;
        }

        // The limits cut the cuts' ranges: blocked safe mass falls with block_from, missed mass rises with review_from.
        lowestBlock = 0;
        while (problem.MostFalseBlocks is { } most && lowestBlock <= bins && ExactSum.Compare(safe[bins] - safe[lowestBlock], massScale, most) > 0)
        {
            lowestBlock++;
        }

        highestReview = bins;
        while (problem.MostMissed is { } mostMissed && highestReview >= 0 && ExactSum.Compare(violating[highestReview], massScale, mostMissed) > 0)
        {
            highestReview--;
        }
    }

    public ThresholdChoice Find(double capacity)
    {
        if (double.IsNaN(capacity))
        {
            throw new ArgumentException("A capacity is a number, or +∞ for no limit.", nameof(capacity));
        }

        if (capacity < 0)
        {
            return new ThresholdChoice.Infeasible("The review capacity is negative.");
        }

        (BigInteger Harm, BigInteger Reviews, int Review, int Block)? best = null;
        BigInteger? room = double.IsPositiveInfinity(capacity) ? null : ExactSum.Floor(capacity, massScale);

        // Indices of review_from in the window, their A rising: the front is the minimum, of equals the last.
        var window = new int[bins + 1];
        int front = 0, back = 0, next = 0;
        for (int to = 0; to <= bins; to++)
        {
            for (; next <= Math.Min(to, highestReview); next++)
            {
                while (back > front && allow[window[back - 1]] >= allow[next])
                {
                    back--;
                }

                window[back++] = next;
            }

            while (front < back && room is { } most && reviews[to] - reviews[window[front]] > most)
            {
                front++;
            }

            if (front == back || to < lowestBlock)
            {
                continue;
            }

            int from = window[front];
            var harm = allow[from] + block[to];
            var load = reviews[to] - reviews[from];
            if (best is not { } known || harm < known.Harm || (harm == known.Harm && load <= known.Reviews))
            {
                best = (harm, load, from, to);
            }
        }

        return best is { } found
            ? new ThresholdChoice.Optimal(
                found.Review, found.Block, ExactSum.ToDouble(found.Harm, massScale + costScale), ExactSum.ToDouble(found.Reviews, massScale))
            : new ThresholdChoice.Infeasible("No pair of thresholds meets the limits on false blocks and misses within this review capacity.");
    }

    private BigInteger Cost(double cost) => ExactSum.Of(cost, costScale);

    private BigInteger[] Below(IReadOnlyList<double> masses)
    {
        var sums = new BigInteger[bins + 1];
        for (int i = 0; i < bins; i++)
        {
            sums[i + 1] = sums[i] + ExactSum.Of(masses[i], massScale);
        }

        return sums;
    }
}
