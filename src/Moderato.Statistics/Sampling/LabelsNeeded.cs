namespace Moderato.Statistics.Sampling;

/// <summary>How many more labels each stratum needs until the standard error of a stratified estimate is small enough.</summary>
public static class LabelsNeeded
{
    /// <summary>
    /// The least additional labels with Σ (N_h s_h)² / (n_h + a_h) ≤ wanted²: the strata that have too few share the variance left
    /// by those that have enough, in Neyman's proportion.
    /// </summary>
    /// <param name="spreads">N_h s_h: a stratum's size times its standard deviation, in the unit of the estimate.</param>
    /// <param name="labelled">n_h: labels that are there.</param>
    /// <param name="standardError">The wanted one.</param>
    public static long[] Additional(ReadOnlySpan<double> spreads, ReadOnlySpan<long> labelled, double standardError)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(standardError);
        var open = new bool[spreads.Length];
        Array.Fill(open, true);
        while (true)
        {
            double room = standardError * standardError, sum = 0;
            for (int h = 0; h < open.Length; h++)
            {
                sum += open[h] ? spreads[h] : 0;
                room -= open[h] || labelled[h] == 0 ? 0 : spreads[h] * spreads[h] / labelled[h];
            }

            // n_h = spread_h Σ spread / room; a stratum that has more than that leaves the open ones.
            bool settled = true;
            for (int h = 0; h < open.Length && room > 0; h++)
            {
                if (open[h] && spreads[h] * sum / room < labelled[h])
                {
                    open[h] = settled = false;
                }
            }

            if (settled)
            {
                return Shares(spreads, labelled, open, sum, room);
            }
        }
    }

    private static long[] Shares(ReadOnlySpan<double> spreads, ReadOnlySpan<long> labelled, bool[] open, double sum, double room)
    {
        var additional = new long[spreads.Length];
        for (int h = 0; h < additional.Length; h++)
        {
            additional[h] = open[h] && spreads[h] > 0 ? (long)Math.Ceiling(spreads[h] * sum / room) - labelled[h] : 0;
        }

        return additional;
    }
}
