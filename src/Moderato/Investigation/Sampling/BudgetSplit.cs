namespace Moderato.Investigation.Sampling;

/// <summary>Splits a number of labels over groups by wanted shares, never more than a group holds.</summary>
internal static class BudgetSplit
{
    /// <summary>
    /// Whole numbers that add up to the budget, or to all units when there are fewer. What a small group cannot take goes to
    /// the others in proportion to their shares.
    /// </summary>
    /// <param name="least">What each group with a share gets at the least, if it has so many units.</param>
    public static int[] Of(ReadOnlySpan<long> sizes, ReadOnlySpan<double> shares, int budget, int least)
    {
        var taken = new int[sizes.Length];
        int left = budget;
        for (int i = 0; i < taken.Length; i++)
        {
            taken[i] = shares[i] > 0 ? (int)Math.Min(Math.Min(least, sizes[i]), left) : 0;
            left -= taken[i];
        }

        // One at a time to whom the most is still owed: the largest share for each label already given.
        while (left > 0)
        {
            int best = -1;
            for (int i = 0; i < taken.Length; i++)
            {
                if (shares[i] > 0 && taken[i] < sizes[i] && (best < 0 || shares[i] / (taken[i] + 1) > shares[best] / (taken[best] + 1)))
                {
                    best = i;
                }
            }

            if (best < 0)
            {
                break;
            }

            taken[best]++;
            left--;
        }

        return taken;
    }
}
