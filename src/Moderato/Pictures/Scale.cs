using System.Globalization;

namespace Moderato.Pictures;

/// <summary>A linear scale from values to pixels, with ticks at 1, 2, 2.5 or 5 × a power of ten.</summary>
public sealed class Scale
{
    private readonly double start;
    private readonly double end;

    /// <param name="start">Pixel of <paramref name="low"/>.</param>
    /// <param name="end">Pixel of <paramref name="high"/>; may be less than <paramref name="start"/>.</param>
    public Scale(double low, double high, double start, double end)
    {
        Low = low;
        High = high > low ? high : low + 1;
        this.start = start;
        this.end = end;
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
    public double this[double value] => start + ((Math.Clamp(value, Low, High) - Low) / (High - Low) * (end - start));

    public IReadOnlyList<double> Ticks(int about = 5)
    {
        double step = Step(Low, High, about);
        var ticks = new List<double>();
        for (double k = Math.Ceiling((Low / step) - 1e-9); k * step <= High + (1e-9 * step); k++)
        {
            ticks.Add(k == 0 ? 0 : k * step);
        }

        return ticks;
    }

    /// <summary>The tick's label in percent with just the decimals that the step needs: "2.5%".</summary>
    public string PercentLabel(double tick, int about = 5)
    {
        double step = 100 * Step(Low, High, about);
        int decimals = 0;
        while (decimals < 4 && Math.Abs((step * Math.Pow(10, decimals)) - Math.Round(step * Math.Pow(10, decimals))) > 1e-6)
        {
            decimals++;
        }

        return (100 * tick).ToString("F" + decimals, CultureInfo.InvariantCulture).Replace('-', '\u2212') + "%";
    }

    private static double Step(double low, double high, int about)
    {
        double raw = Math.Max(high - low, 1e-12) / Math.Max(about, 1);
        double power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        double digit = raw / power;
        return power * (digit <= 1.0000001 ? 1 : digit <= 2 ? 2 : digit <= 2.5 ? 2.5 : digit <= 5 ? 5 : 10);
    }
}
