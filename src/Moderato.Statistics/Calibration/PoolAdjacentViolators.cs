namespace Moderato.Statistics.Calibration;

/// <summary>Least squares under a rising order: neighbours that fall are pooled to their weighted mean (Ayer et al. 1955), in linear time.</summary>
public static class PoolAdjacentViolators
{
    /// <param name="weights">Positive, one a target.</param>
    public static double[] Fit(ReadOnlySpan<double> targets, ReadOnlySpan<double> weights)
    {
        int n = targets.Length;
        var value = new double[n];
        var mass = new double[n];
        var size = new int[n];
        int blocks = 0;
        for (int i = 0; i < n; i++)
        {
            (value[blocks], mass[blocks], size[blocks]) = (targets[i], weights[i], 1);
            blocks++;
            while (blocks > 1 && value[blocks - 2] >= value[blocks - 1])
            {
                double both = mass[blocks - 2] + mass[blocks - 1];
                value[blocks - 2] += (value[blocks - 1] - value[blocks - 2]) * (mass[blocks - 1] / both);
                mass[blocks - 2] = both;
                size[blocks - 2] += size[blocks - 1];
                blocks--;
            }
        }

        var fitted = new double[n];
        for (int block = 0, at = 0; block < blocks; block++)
        {
            fitted.AsSpan(at, size[block]).Fill(value[block]);
            at += size[block];
        }

        return fitted;
    }
}
