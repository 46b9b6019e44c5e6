using Moderato.Statistics.Curves;

namespace Moderato.Improvement.Training;

/// <summary>Contents of one category with their truth and what models that never saw them say.</summary>
/// <param name="Raw">Logits.</param>
/// <param name="Groups">The set each content is from.</param>
public sealed record JudgedContents(double[] Raw, bool[] Violating, int[] Groups)
{
    public int Positives { get; } = Violating.Count(violating => violating);

    /// <summary>Sets that show both what violates and what does not.</summary>
    public int SetsWithBoth { get; } = Enumerable.Range(0, Raw.Length).GroupBy(i => Groups[i]).Count(set => set.Any(i => Violating[i]) && set.Any(i => !Violating[i]));

    /// <summary>Those at the given places.</summary>
    public JudgedContents At(IEnumerable<int> places)
    {
        int[] chosen = [.. places];
        return new([.. chosen.Select(i => Raw[i])], [.. chosen.Select(i => Violating[i])], [.. chosen.Select(i => Groups[i])]);
    }

    /// <summary>Weights under which every group counts alike within its class and violating contents have the share <paramref name="prior"/>; they sum to the number of contents.</summary>
    public double[] WeightsFor(double prior)
    {
        var sizes = new Dictionary<(int Group, bool Violating), int>();
        for (int i = 0; i < Raw.Length; i++)
        {
            sizes[(Groups[i], Violating[i])] = sizes.GetValueOrDefault((Groups[i], Violating[i])) + 1;
        }

        int groupsViolating = sizes.Keys.Count(key => key.Violating);
        int groupsSafe = sizes.Count - groupsViolating;
        return [.. Enumerable.Range(0, Raw.Length).Select(i =>
            Raw.Length * (Violating[i] ? prior / groupsViolating : (1 - prior) / groupsSafe) / sizes[(Groups[i], Violating[i])])];
    }

    public LabelledScores Labelled(double[]? weights = null) => new(Raw, Violating, weights ?? []);
}
