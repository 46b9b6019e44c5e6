namespace Moderato.Statistics.Detection;

/// <summary>
/// Laney's p′ chart (2002) of shares over periods of thousands of contents, where plain binomial limits alarm all the time:
/// σ_z is the mean absolute step of the z-scores over 1.128, and the limits are p ± 3 σ_i σ_z.
/// </summary>
/// <param name="P">Events over contents of all periods.</param>
/// <param name="Z">Each period's (p_i − p) / σ_i; NaN where there are no events at all.</param>
/// <param name="SigmaZ">About 1 when the binomial law holds; NaN with fewer than two periods or without events.</param>
public sealed record LaneyChart(double P, IReadOnlyList<double> Z, double SigmaZ, IReadOnlyList<double> Lower, IReadOnlyList<double> Upper)
{
    /// <summary>Mean range of two normal values in σ, as the tables of quality control have it; exactly 2/√π.</summary>
    private const double MeanRange = 1.128;

    /// <summary>Limits may lie outside [0,1].</summary>
    /// <param name="events">Events of each period, of <paramref name="contents"/> contents.</param>
    public static LaneyChart Of(ReadOnlySpan<long> events, ReadOnlySpan<long> contents, double limit = 3)
    {
        if (events.Length != contents.Length)
        {
            throw new ArgumentException($"{events.Length} counts of events and {contents.Length} of contents: one of each a period.", nameof(contents));
        }

        long allEvents = 0, allContents = 0;
        for (int i = 0; i < events.Length; i++)
        {
            if (contents[i] < 1 || events[i] < 0 || events[i] > contents[i])
            {
                throw new ArgumentException($"Period {i} has {events[i]} events among {contents[i]} contents.", nameof(events));
            }

            allEvents += events[i];
            allContents += contents[i];
        }

        double p = allEvents / (double)allContents;
        var (z, sigma) = (new double[events.Length], new double[events.Length]);
        for (int i = 0; i < z.Length; i++)
        {
            sigma[i] = Math.Sqrt(p * (1 - p) / contents[i]);
            z[i] = ((events[i] / (double)contents[i]) - p) / sigma[i];
        }

        double steps = 0;
        for (int i = 1; i < z.Length; i++)
        {
            steps += Math.Abs(z[i] - z[i - 1]);
        }

        double sigmaZ = z.Length < 2 ? double.NaN : steps / (z.Length - 1) / MeanRange;
        return new(p, z, sigmaZ,
            Array.ConvertAll(sigma, s => p - (limit * s * sigmaZ)), Array.ConvertAll(sigma, s => p + (limit * s * sigmaZ)));
    }
}
