using Moderato.Decisions;

namespace Moderato.Investigation.Planning;

/// <summary>How much content a day brings.</summary>
public abstract record Volume
{
    private Volume()
    {
    }

    /// <summary>Contents a day, where the log holds this many current rows.</summary>
    public abstract double PerDay(long currentRows);

    /// <summary>The current rows span this many days.</summary>
    public sealed record OfLog(double Days) : Volume
    {
        public override double PerDay(long currentRows) => currentRows / Days;
    }

    /// <summary>The operator's figure; the log is a sample of it.</summary>
    public sealed record Stated(double ContentsPerDay) : Volume
    {
        public override double PerDay(long currentRows) => ContentsPerDay;
    }

    public sealed record Unknown(string Why) : Volume
    {
        public override double PerDay(long currentRows) => double.NaN;
    }

    /// <summary>As stated, else read off the times of the current rows, counted in whole days touched.</summary>
    public static Volume Of(DecisionTable table, double? statedPerDay)
    {
        if (statedPerDay is { } perDay)
        {
            return new Stated(perDay);
        }

        if (table.Times is not { } times)
        {
            return new Unknown("the log has no time; --per-day N states the daily volume");
        }

        long first = long.MaxValue, last = 0;
        for (int row = 0; row < times.Length; row++)
        {
            if (times[row] > 0 && table.IsCurrent(row))
            {
                first = Math.Min(first, times[row]);
                last = Math.Max(last, times[row]);
            }
        }

        return last == 0
            ? new Unknown("no current row has a time; --per-day N states the daily volume")
            : new OfLog((last / TimeSpan.TicksPerDay) - (first / TimeSpan.TicksPerDay) + 1);
    }
}
