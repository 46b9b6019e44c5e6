namespace Moderato.Statistics.Intervals;

/// <summary>
/// A change relative to today, negative when there are fewer: what a remedy does to false positives,
/// false negatives or reviews, or the reason why that cannot be known.
/// </summary>
public abstract record Change
{
    private Change()
    {
    }

    /// <param name="Percent">100 × (after − today) / today; null when today is 0.</param>
    /// <param name="Low">Lower limit of <paramref name="Percent"/>; null when today is 0.</param>
    /// <param name="High">Upper limit of <paramref name="Percent"/>; null when today is 0.</param>
    /// <param name="Absolute">after − today, in contents (or reviews a day where the name says so).</param>
    public sealed record Known(double? Percent, double? Low, double? High, double Absolute) : Change
    {
        /// <summary>Nothing changes.</summary>
        public static Known Nothing { get; } = new(0, 0, 0, 0);
    }

    /// <param name="Why">One sentence: what is missing, and what would make the change known.</param>
    public sealed record Unknown(string Why) : Change;
}
