namespace Moderato.Statistics.Agreement;

/// <summary>The share of a task's votes for each label, and the label with most; of tied labels the first.</summary>
public sealed record MajorityVote(int Label, IReadOnlyList<double> Shares)
{
    /// <param name="labels">How many labels there are; every rating's label is below.</param>
    /// <returns>One for each task from 0 on.</returns>
    /// <exception cref="ArgumentException">A task between has no vote.</exception>
    public static IReadOnlyList<MajorityVote> Of(IReadOnlyList<Rating> ratings, int labels)
    {
        int tasks = ratings.Count == 0 ? 0 : ratings.Max(rating => rating.Task) + 1;
        var votes = new double[tasks][];
        for (int task = 0; task < tasks; task++)
        {
            votes[task] = new double[labels];
        }

        foreach (var rating in ratings)
        {
            votes[rating.Task][rating.Label]++;
        }

        return [.. votes.Select((counts, task) => counts.Sum() is var all && all > 0
            ? new MajorityVote(Array.IndexOf(counts, counts.Max()), Array.ConvertAll(counts, count => count / all))
            : throw new ArgumentException($"Task {task} has no vote.", nameof(ratings)))];
    }
}
