namespace Moderato.Pictures;

/// <summary>A scale from values to pixels: linear with ticks at 1, 2, 2.5 or 5 × a power of ten, or by square root where most values are small.</summary>
public sealed class Scale
{
    private static readonly double[] RootTicks = [0, 0.001, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1];

    private readonly double start;
    private readonly double end;
    private readonly bool isRoot;

    /// <param name="start">Pixel of <paramref name="low"/>.</param>
    /// <param name="end">Pixel of <paramref name="high"/>; may be less than <paramref name="start"/>.</param>
    /// <param name="isRoot">Pixels go by the square root; low is 0 and high at most 1.</param>
    public Scale(double low, double high, double start, double end, bool isRoot = false)
    {
        Low = low;
        High = high > low ? high : low + 1;
        this.start = start;
        this.end = end;
        this.isRoot = isRoot;
    }

    public double Low { get; }

    public double High { get; }

    /// <summary>The smallest scale with whole ticks that holds [<paramref name="low"/>, <paramref name="high"/>].</summary>
    /// <param name="ticks">About how many steps between its ticks.</param>
    public static Scale Nice(double low, double high, double start, double end, int ticks = 5)
    {
        double step = Step(low, high, ticks);
        return new Scale(Math.Floor((low / step) + 1e-9) * step, Math.Ceiling((high / step) - 1e-9) * step, start, end);
    }

    /// <summary>The pixel of a value; values outside are drawn at the edge.</summary>
    public double this[double value]
    {
        get
        {
            double part = (Math.Clamp(value, Low, High) - Low) / (High - Low);
            return start + ((isRoot ? Math.Sqrt(part) : part) * (end - start));
        }
    }

    public IReadOnlyList<double> Ticks(int about = 5)
    {
        if (isRoot)
        {
            // From the top down, each tick that leaves room for its label.
            var kept = new List<double>();
            foreach (double candidate in RootTicks.Where(tick => tick <= High).OrderDescending())
            {
                if (kept.Count == 0 || Math.Abs(this[kept[^1]] - this[candidate]) >= 44)
                {
                    kept.Add(candidate);
                }
            }

            // Zero always: it takes the place of a tick too near to it.
            return [0, .. kept.Where(tick => tick > 0 && Math.Abs(this[tick] - this[0]) >= 30).Order()];
        }

        double step = Step(Low, High, about);
        var ticks = new List<double>();
        for (double k = Math.Ceiling((Low / step) - 1e-9); k * step <= High + (1e-9 * step); k++)
        {
            ticks.Add(k == 0 ? 0 : k * step);
        }

        return ticks;
    }

    private static double Step(double low, double high, int about)
    {
        double raw = Math.Max(high - low, 1e-12) / Math.Max(about, 1);
        double power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        double digit = raw / power;
        return power * (digit <= 1.0000001 ? 1 : digit <= 2 ? 2 : digit <= 2.5 ? 2.5 : digit <= 5 ? 5 : 10);
    }
}
