using System.Globalization;
using Moderato.Statistics.Intervals;

namespace Moderato.Pictures;

/// <summary>
/// How a number is written wherever people read one: terminal, report, pages. The culture is invariant, counts are
/// grouped by narrow no-break spaces, minus is U+2212, and what is not known is "–", never 0.
/// </summary>
public static class Numbers
{
    public const string Unknown = "–";

    private const char ThinSpace = '\u202f';
    private const char Minus = '\u2212';

    /// <summary>
    /// .081 → "8.1%", .4 → "40%": one decimal under 10, none above. A share that is neither nothing nor all never
    /// reads "0.0%" or "100%": it gets as many decimals as that takes, up to three, then "&lt;0.001%".
    /// </summary>
    public static string Percent(double share) => double.IsNaN(share) ? Unknown : Percentage(100 * share) + "%";

    /// <summary>A tick of an axis in percent, without decimals that it does not need: "0%", "0.5%", "20%".</summary>
    public static string TickPercent(double share) => (100 * share).ToString("0.####", CultureInfo.InvariantCulture).Replace('-', Minus) + "%";

    /// <summary>"8.1% [7.4, 8.9]"; the limits have the estimate's decimals. "–" when unknown.</summary>
    public static string Rate(Rate? rate) => rate is Rate.Known known && !double.IsNaN(known.Estimate)
        ? $"{Percent(known.Estimate)} {Limits(known)}"
        : Unknown;

    /// <summary>"8.1% [7.4, 8.9]", or "– (no labels)" with the reason.</summary>
    public static string RateOrWhy(Rate? rate) => rate is Rate.Unknown(var why) ? $"{Unknown} ({why})" : Rate(rate);

    /// <summary>"[7.4, 8.9]" in percent.</summary>
    public static string Limits(Rate.Known rate)
    {
        int decimals = Decimals(100 * rate.Estimate);
        return $"[{Fixed(100 * rate.Low, decimals)}, {Fixed(100 * rate.High, decimals)}]";
    }

    /// <summary>For what is no share (AUC, average precision, ECE): "0.874 [0.861, 0.887]".</summary>
    public static string Statistic(Rate? rate) => rate is Rate.Known known && !double.IsNaN(known.Estimate)
        ? $"{Statistic(known.Estimate)} [{Statistic(known.Low)}, {Statistic(known.High)}]"
        : Unknown;

    /// <summary>Three decimals: "0.874"; "–" for NaN.</summary>
    public static string Statistic(double value) => double.IsNaN(value) ? Unknown : Fixed(value, 3);

    /// <summary>12345 → "12 345" with a narrow no-break space.</summary>
    public static string Count(long count) => Grouped(count);

    /// <summary>A count that may be a mean (reviews a day): whole from 10 on, one decimal below unless it is whole.</summary>
    public static string Count(double count) => double.IsNaN(count) ? Unknown
        : Math.Abs(count) >= 9.95 || count == Math.Round(count) ? Grouped((long)Math.Round(count))
        : Fixed(count, 1);

    /// <summary>A cut: at least two decimals, at most the four that scores have; "never" for null.</summary>
    public static string Cut(double? cut) => cut is { } value ? value.ToString("0.00##", CultureInfo.InvariantCulture) : "never";

    /// <summary>"3.4×".</summary>
    public static string Times(double factor) => double.IsFinite(factor) ? (factor >= 9.95 ? Grouped((long)Math.Round(factor)) : Fixed(factor, 1)) + "×" : Unknown;

    /// <summary>"3.4× [2.1, 5.6]".</summary>
    public static string Times(double factor, Interval? limits) => limits is { } known && double.IsFinite(factor)
        ? $"{Times(factor)} [{Times(known.Low).TrimEnd('×')}, {Times(known.High).TrimEnd('×')}]"
        : Times(factor);

    /// <summary>A difference of two shares in percentage points, with its sign: "+2.1 points".</summary>
    public static string Points(double difference) => double.IsNaN(difference) ? Unknown : Signed(100 * difference) + " points";

    /// <summary>"&lt; 0.001", "0.004", "0.31".</summary>
    public static string P(double p) => double.IsNaN(p) ? Unknown : p < 0.001 ? "< 0.001" : Fixed(p, p < 0.095 ? 3 : 2);

    /// <summary>
    /// A change with a sign and a word: "−40% [−44, −36], 310 fewer false positives"; "no change in false negatives";
    /// "310 more reviews a day" where today is 0; "–" when unknown.
    /// </summary>
    /// <param name="what">What there are more or fewer of: "false positives", "reviews a day".</param>
    public static string Change(Change change, string what) => change switch
    {
        Change.Known { Absolute: 0, Percent: null or 0, Low: null or 0, High: null or 0 } => what.Length == 0 ? "no change" : $"no change in {what}",
        Change.Known { Percent: { } } known => $"{ChangePercent(known)}, {MoreOrFewer(known.Absolute, what)}".TrimEnd(),
        Change.Known known => MoreOrFewer(known.Absolute, what).TrimEnd(),
        _ => Unknown,
    };

    /// <summary>"−40% [−44, −36]"; "–" when unknown or when today is 0.</summary>
    public static string ChangePercent(Change change) => change is Change.Known { Percent: { } percent } known
        ? known is { Low: { } low, High: { } high }
            ? $"{Signed(percent)}% [{Fixed(low, Decimals(percent))}, {Fixed(high, Decimals(percent))}]"
            : $"{Signed(percent)}%"
        : Unknown;

    /// <summary>"310 more reviews a day", "4 fewer false positives", "no more false negatives" for 0.</summary>
    public static string MoreOrFewer(double difference, string what) => Count(Math.Abs(difference)) is var count && count == "0"
        ? $"no more {what}"
        : $"{count} {(difference > 0 ? "more" : "fewer")} {what}";

    /// <summary>The n of a rate: "1 204"; "–" when unknown.</summary>
    public static string SampleSize(Rate? rate) => rate is Rate.Known known ? Count(known.N) : Unknown;

    /// <summary>How a rate was got: "Wilson, random, 95%"; "–" when unknown.</summary>
    public static string Method(Rate? rate) => rate is Rate.Known known
        ? $"{known.Method}, {known.Design}, {(100 * known.Confidence).ToString("0.##", CultureInfo.InvariantCulture)}%"
        : Unknown;

    /// <summary>A rate that is a difference of two shares: "+3.1 points [2.4, 3.9]".</summary>
    public static string PointsRate(Rate? rate)
    {
        if (rate is not Rate.Known known || double.IsNaN(known.Estimate))
        {
            return Unknown;
        }

        int decimals = Decimals(100 * known.Estimate);
        return $"{Points(known.Estimate)} [{Fixed(100 * known.Low, decimals)}, {Fixed(100 * known.High, decimals)}]";
    }

    private static string Percentage(double percent)
    {
        int decimals = Decimals(percent);
        string written = Fixed(percent, decimals);
        return percent > 0 && percent < 0.0005 ? "<0.001" : percent < 100 && written == "100.000" ? ">99.999" : written;
    }

    private static int Decimals(double percent)
    {
        double size = Math.Abs(percent);
        if (size >= 9.95)
        {
            int decimals = 0;
            while (size < 100 && decimals < 3 && Math.Round(size, decimals) >= 100)
            {
                decimals++;
            }

            return decimals;
        }

        int under = 1;
        while (size > 0 && under < 3 && Math.Round(size, under) == 0)
        {
            under++;
        }

        return under;
    }

    private static string Signed(double value) => Fixed(value, Decimals(value)) is var written && value > 0 && !IsZero(written)
        ? "+" + written
        : written;

    private static string Fixed(double value, int decimals)
    {
        if (!double.IsFinite(value))
        {
            return Unknown;
        }

        string written = Math.Abs(value).ToString("F" + decimals, CultureInfo.InvariantCulture);
        return value < 0 && !IsZero(written) ? Minus + written : written;
    }

    private static bool IsZero(string written) => written.AsSpan().IndexOfAnyExcept('0', '.') < 0;

    private static string Grouped(long count)
    {
        string digits = Math.Abs((decimal)count).ToString("#,0", CultureInfo.InvariantCulture).Replace(',', ThinSpace);
        return count < 0 ? Minus + digits : digits;
    }
}
