using Moderato.Decisions;
using Moderato.Investigation.Patterns;

namespace Moderato.Investigation.Diagnosing;

/// <summary>
/// Content of the current period that the reference did not have: values of a column, near-duplicate clusters, and what a
/// domain classifier finds nowhere in the reference (<see cref="NewTexts"/>). A kind counts as new when its share is at least
/// ten times the reference's and it was under 1% there: from one in a hundred on, a model could have learnt it, and more of
/// it is a mix shift.
/// </summary>
public sealed class NewContent
{
    private const double DensityRatio = 10;
    private const double LeastCurrentShare = 0.005;
    private const double MostReferenceShare = 0.01;
    private const int LeastRows = 20;
    private const double PeriodProxyShare = 0.9;

    private NewContent(double[] weights, IReadOnlyList<NewKind> kinds) => (Weights, Kinds) = (weights, kinds);

    /// <summary>How many times commoner the texts most typical of the current period are there than in the reference; NaN where texts do not say.</summary>
    public double TopRatio { get; private init; } = double.NaN;

    /// <summary>By row, how surely it is current and of a new kind, 0 to 1: of texts the classifier can only say how likely.</summary>
    public double[] Weights { get; }

    /// <summary>Rows that are more likely new than not.</summary>
    public bool[] Rows => Array.ConvertAll(Weights, weight => weight > .5);

    /// <summary>The kinds, by contents, most first.</summary>
    public IReadOnlyList<NewKind> Kinds { get; }

    /// <summary>How surely a row is of a kind that was there before.</summary>
    public double Old(int row) => 1 - Weights[row];

    /// <summary>No content is new.</summary>
    public static NewContent Nothing(Evidence evidence) => new(new double[evidence.Table.Count], []);

    /// <param name="domainScores">Cross-fitted P(current | text) a row, NaN where not scored; null without text.</param>
    /// <param name="slices">Kinds that stand out; of those that have a term the reference may have had none.</param>
    public static NewContent Of(Evidence evidence, double[]? domainScores, IReadOnlyList<SuspectedSlice> slices)
    {
        var weights = new double[evidence.Table.Count];
        var kinds = new List<NewKind>();
        if (!evidence.HasReference)
        {
            return new(weights, kinds);
        }

        foreach (var column in evidence.SliceColumns)
        {
            if (ContentColumns.DescribesContent(column.Name))
            {
                AddValues(evidence, column, weights, kinds);
            }
        }

        if (evidence.Table.Texts is not null)
        {
            AddClusters(evidence, weights, kinds);
        }

        foreach (var slice in slices)
        {
            AddSlice(evidence, slice, weights, kinds);
        }

        double topRatio = double.NaN;
        if (domainScores is not null && NewTexts.Add(evidence, domainScores, weights, out topRatio) is { } texts)
        {
            kinds.Add(texts);
        }

        return new(weights, [.. kinds.OrderByDescending(k => k.Contents)]) { TopRatio = topRatio };
    }

    private static void AddValues(Evidence evidence, CodedColumn column, double[] weights, List<NewKind> kinds)
    {
        var counts = Count(evidence.Table, column.Codes, column.Values.Count, out var periods);
        var isNew = new bool[column.Values.Count];
        double covered = 0;
        for (int v = 0; v < isNew.Length; v++)
        {
            isNew[v] = IsNew(counts.Current[v], counts.Reference[v], periods);
            covered += isNew[v] ? counts.Current[v] / periods.Current : 0;
        }

        if (covered == 0 || (covered > PeriodProxyShare && !ContentColumns.AlwaysDescribesContent(column.Name)))
        {
            // A column whose values are all new is a calendar or a version, not a kind of content.
            return;
        }

        for (int v = 0; v < isNew.Length; v++)
        {
            if (isNew[v])
            {
                kinds.Add(new($"{column.Name} {column.Values[v]}", column.Name, column.Values[v], (long)counts.Current[v]));
            }
        }

        for (int row = 0; row < weights.Length; row++)
        {
            if (column.Codes[row] >= 0 && isNew[column.Codes[row]] && evidence.Table.IsCurrent(row))
            {
                weights[row] = 1;
            }
        }
    }

    private static void AddSlice(Evidence evidence, SuspectedSlice slice, double[] weights, List<NewKind> kinds)
    {
        bool[] inside = slice.Rows(evidence);
        var counts = Count(evidence.Table, Array.ConvertAll(inside, holds => holds ? 0 : -1), 1, out var periods);
        if (!slice.Where.Keys.Any(key => key.StartsWith(SliceFeatures.TermName, StringComparison.Ordinal)) || !IsNew(counts.Current[0], counts.Reference[0], periods))
        {
            return;
        }

        kinds.Add(new(slice.Name, "term", slice.Name, (long)counts.Current[0]));
        for (int row = 0; row < weights.Length; row++)
        {
            weights[row] = inside[row] && evidence.Table.IsCurrent(row) ? 1 : weights[row];
        }
    }

    private static void AddClusters(Evidence evidence, double[] weights, List<NewKind> kinds)
    {
        var counts = Count(evidence.Table, evidence.Clusters, evidence.ClusterCount, out var periods);
        var isNew = new bool[evidence.ClusterCount];
        for (int c = 0; c < isNew.Length; c++)
        {
            isNew[c] = IsNew(counts.Current[c], counts.Reference[c], periods);
        }

        var named = new HashSet<int>();
        for (int row = 0; row < weights.Length; row++)
        {
            int cluster = evidence.Clusters[row];
            if (isNew[cluster] && evidence.Table.IsCurrent(row))
            {
                weights[row] = 1;
                if (named.Add(cluster))
                {
                    kinds.Add(new($"copies of content {evidence.Table.Ids[row]}", "cluster", evidence.Table.Ids[row], (long)counts.Current[cluster]));
                }
            }
        }
    }

    private static bool IsNew(double current, double reference, (double Current, double Reference) periods) =>
        current >= LeastRows
        && current >= LeastCurrentShare * periods.Current
        && reference < MostReferenceShare * periods.Reference
        && current / periods.Current >= DensityRatio * (reference + 0.5) / periods.Reference;

    private static (double[] Current, double[] Reference) Count(
        DecisionTable table, RowCodes codes, int values, out (double Current, double Reference) periods)
    {
        var current = new double[values];
        var reference = new double[values];
        periods = default;
        for (int row = 0; row < codes.Length; row++)
        {
            bool isCurrent = table.IsCurrent(row);
            periods = isCurrent ? (periods.Current + 1, periods.Reference) : (periods.Current, periods.Reference + 1);
            if (codes[row] >= 0)
            {
                (isCurrent ? current : reference)[codes[row]]++;
            }
        }

        return (current, reference);
    }
}
