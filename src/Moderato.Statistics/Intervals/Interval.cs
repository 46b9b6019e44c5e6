namespace Moderato.Statistics.Intervals;

/// <summary>A two-sided interval [<paramref name="Low"/>, <paramref name="High"/>].</summary>
public readonly record struct Interval(double Low, double High)
{
    public double Width => High - Low;

    public bool Contains(double value) => value >= Low && value <= High;
}
