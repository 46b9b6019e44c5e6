using System.Runtime.InteropServices;

namespace Moderato.Statistics.Sampling;

/// <summary>Labelled rows, sorted by verdict (0 safe, 1 borderline, 2 violating); may be cleared and filled again under other cuts.</summary>
public sealed class LabelledVerdicts
{
    private readonly List<double>[] weights = [[], [], []];
    private readonly List<bool>[] violating = [[], [], []];
    private readonly List<int>[] clusters = [[], [], []];

    /// <param name="weight">1/π, positive.</param>
    public void Add(int verdict, double weight, bool isViolating, int cluster)
    {
        weights[verdict].Add(weight);
        violating[verdict].Add(isViolating);
        clusters[verdict].Add(cluster);
    }

    public void Clear()
    {
        for (int verdict = 0; verdict < 3; verdict++)
        {
            weights[verdict].Clear();
            violating[verdict].Clear();
            clusters[verdict].Clear();
        }
    }

    internal StratumShare ViolatingShare(int verdict, double size, bool clustered, double z) => StratumShare.Of(
        size, CollectionsMarshal.AsSpan(weights[verdict]), CollectionsMarshal.AsSpan(violating[verdict]),
        clustered ? CollectionsMarshal.AsSpan(clusters[verdict]) : default, z);
}
