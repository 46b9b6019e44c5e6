namespace Moderato.Statistics.Detection;

/// <summary>The rate of each day of the week over some days, drawn towards the rate of all, and how much more days vary than chance.</summary>
internal sealed class WeekdayRates
{
    private readonly double[] events = new double[7];
    private readonly double[] contents = new double[7];
    private readonly int[] count = new int[7];
    private readonly double rate;
    private readonly double shrinkage;

    /// <param name="kept">Share of the variance that days keep when those least likely are left out.</param>
    public WeekdayRates(ReadOnlySpan<long> daily, ReadOnlySpan<long> ofContents, List<int> days, double shrinkage, double kept)
    {
        this.shrinkage = shrinkage;
        foreach (int day in days)
        {
            events[day % 7] += daily[day];
            contents[day % 7] += ofContents[day];
            count[day % 7]++;
        }

        rate = (events.Sum() + .5) / (contents.Sum() + 1);

        // Moment estimate: Pearson's χ² over its degrees of freedom is 1 + (n̄ − 1) ρ under the beta-binomial law.
        double squares = 0, sizes = 0;
        int weekdays = contents.Count(mass => mass > 0);
        foreach (int day in days)
        {
            double p = On(day % 7), n = ofContents[day];
            squares += (daily[day] - (n * p)) * (daily[day] - (n * p)) / (n * p * (1 - p));
            sizes += n;
        }

        DegreesOfFreedom = Math.Max(1, days.Count - weekdays);
        double excess = (squares / DegreesOfFreedom / kept) - 1;
        Overdispersion = Math.Max(0, excess) / Math.Max(1, (sizes / days.Count) - 1);
    }

    /// <summary>ρ: the intraclass correlation of a day's contents.</summary>
    public double Overdispersion { get; }

    public int DegreesOfFreedom { get; }

    /// <summary>Days behind a weekday's rate.</summary>
    public int Days(int weekday) => Math.Max(1, count[weekday]);

    public double On(int weekday) => (events[weekday] + (shrinkage * rate)) / (contents[weekday] + shrinkage);

    /// <summary>Contents behind a weekday's rate.</summary>
    public double Contents(int weekday) => contents[weekday] + shrinkage;
}
