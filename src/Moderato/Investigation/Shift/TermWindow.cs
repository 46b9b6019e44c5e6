namespace Moderato.Investigation.Shift;

/// <summary>
/// The days in which a term is most unusually frequent: the window with the greatest Poisson log-likelihood ratio
/// c ln(c/E) − (c − E), where E is what the rate outside of it makes expected (Kulldorff 1997).
/// </summary>
/// <param name="From">First day of the window, from 0.</param>
/// <param name="To">Last day of the window.</param>
/// <param name="Count">Contents with the term in the window.</param>
/// <param name="Ratio">Rate inside over rate outside.</param>
internal readonly record struct TermWindow(int From, int To, int Count, double Ratio, double LogLikelihoodRatio)
{
    private static readonly double[] Jumps = [4, 12];

    /// <summary>
    /// For a jump by a factor r the sum of c_d ln r − (r − 1) E_d over a window is greatest for one window, found in one pass
    /// (Kadane); the rate outside is then taken anew, twice.
    /// </summary>
    /// <param name="counts">Contents with the term, by day.</param>
    /// <param name="contents">Contents, by day.</param>
    public static TermWindow? Of(ReadOnlySpan<int> counts, ReadOnlySpan<int> contents)
    {
        long with = 0, all = 0;
        for (int day = 0; day < counts.Length; day++)
        {
            with += counts[day];
            all += contents[day];
        }

        TermWindow? best = null;
        foreach (double jump in Jumps)
        {
            double rate = with / (double)all;
            for (int round = 0; round < 3; round++)
            {
                var (from, to) = Greatest(counts, contents, rate, jump);
                if (to < from)
                {
                    break;
                }

                long inside = 0, insideAll = 0;
                for (int day = from; day <= to; day++)
                {
                    inside += counts[day];
                    insideAll += contents[day];
                }

                // Half a content more, so that a term that was never there before has a finite ratio.
                rate = (with - inside + .5) / (all - insideAll + 1);
                double expected = rate * insideAll;
                double likelihood = inside > expected ? (inside * Math.Log(inside / expected)) - (inside - expected) : 0;
                if (best is null || likelihood > best.Value.LogLikelihoodRatio)
                {
                    best = new(from, to, (int)inside, inside / expected, likelihood);
                }
            }
        }

        return best;
    }

    private static (int From, int To) Greatest(ReadOnlySpan<int> counts, ReadOnlySpan<int> contents, double rate, double jump)
    {
        double log = Math.Log(jump), sum = 0, most = 0;
        int start = 0;
        var found = (From: 0, To: -1);
        for (int day = 0; day < counts.Length; day++)
        {
            sum += (counts[day] * log) - ((jump - 1) * rate * contents[day]);
            if (sum <= 0)
            {
                (sum, start) = (0, day + 1);
            }
            else if (sum > most)
            {
                (most, found) = (sum, (start, day));
            }
        }

        return found;
    }
}
