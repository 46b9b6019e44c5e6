using Moderato.Decisions;
using Moderato.Investigation.Planning;
using Moderato.Statistics.Curves;

namespace Moderato.Tuning;

/// <summary>How many reviews each day of the log would have needed under any cuts: demand varies, and a queue that fits the average day overflows on half of them.</summary>
public sealed class DailyReviews
{
    public const string WhyNone = "the log does not span five days with times: what a busy day brings is not known";

    private const int FewestDays = 5;
    private const double BusyShare = .95;
    private readonly List<int[]> below; // [day][bin]: contents of the day that score below the bin
    private readonly double scale;

    private DailyReviews(List<int[]> below, double scale) => (this.below, this.scale) = (below, scale);

    /// <param name="volume">A stated daily volume scales the log's days to it.</param>
    internal static DailyReviews? Of(TuningRows rows, Volume volume)
    {
        var table = rows.Evidence.Table;
        if (table.Times is not { } times || !Known(table))
        {
            return null;
        }

        var codes = new Dictionary<long, int>();
        var days = new List<int[]>();
        long contents = 0;
        for (int row = 0; row < table.Count; row++)
        {
            if (times[row] > 0 && table.IsCurrent(row) && !double.IsNaN(table.Scores![row]))
            {
                long day = times[row] / TimeSpan.TicksPerDay;
                if (!codes.TryGetValue(day, out int code))
                {
                    codes[day] = code = days.Count;
                    days.Add(new int[ScoreBin.Count + 1]);
                }

                days[code][ScoreBin.Of(table.Scores[row]) + 1]++;
                contents++;
            }
        }

        foreach (int[] day in days)
        {
            for (int bin = 0; bin < ScoreBin.Count; bin++)
            {
                day[bin + 1] += day[bin];
            }
        }

        return new(days, volume is Volume.Stated stated ? stated.ContentsPerDay * days.Count / contents : 1);
    }

    /// <summary>Whether the current contents of the log span enough days.</summary>
    public static bool Known(DecisionTable table)
    {
        var days = new HashSet<long>();
        for (int row = 0; row < table.Count && days.Count < FewestDays; row++)
        {
            if (table.Times?[row] > 0 && table.IsCurrent(row) && !double.IsNaN(table.Scores![row]))
            {
                days.Add(table.Times[row] / TimeSpan.TicksPerDay);
            }
        }

        return days.Count >= FewestDays;
    }

    public ReviewDays Under(Cuts cuts)
    {
        double[] sorted = Sorted(cuts);
        return new(below.Count, Quantiles.At(sorted, .5), Quantiles.At(sorted, BusyShare), sorted[^1]);
    }

    /// <summary>Reviews that suffice on this share of the days.</summary>
    public double Quantile(Cuts cuts, double share) => Quantiles.At(Sorted(cuts), share);

    private double[] Sorted(Cuts cuts)
    {
        int review = cuts.ReviewBin, block = cuts.BlockBin;
        double[] counts = [.. below.Select(day => scale * (day[block] - day[review]))];
        Array.Sort(counts);
        return counts;
    }
}
