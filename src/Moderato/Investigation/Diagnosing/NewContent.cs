using Moderato.Decisions;

namespace Moderato.Investigation.Diagnosing;

/// <summary>
/// Content of the current period that the reference did not have: values of a column, near-duplicate clusters, and the part
/// of the texts that a domain classifier finds nowhere in the reference. A kind counts as new when its share is at least ten
/// times the reference's and it was under 1% there: from one in a hundred on, a model could have learnt it, and more of
/// it is a mix shift.
/// </summary>
public sealed class NewContent
{
    private const double DensityRatio = 10;
    private const double LeastCurrentShare = 0.005;
    private const double MostReferenceShare = 0.01;
    private const int LeastRows = 20;
    private const double PeriodProxyShare = 0.9;
    private const int DomainBands = 50;

    private NewContent(bool[] rows, IReadOnlyList<NewKind> kinds) => (Rows, Kinds) = (rows, kinds);

    /// <summary>Whether each row is current and of a new kind.</summary>
    public bool[] Rows { get; }

    /// <summary>The kinds, by contents, most first.</summary>
    public IReadOnlyList<NewKind> Kinds { get; }

    /// <param name="domainScores">Cross-fitted P(current | text) a row, NaN where not scored; null without text.</param>
    public static NewContent Of(Evidence evidence, double[]? domainScores)
    {
        var table = evidence.Table;
        var rows = new bool[table.Count];
        var kinds = new List<NewKind>();
        if (!evidence.HasReference)
        {
            return new(rows, kinds);
        }

        foreach (var column in evidence.SliceColumns)
        {
            if (ContentColumns.DescribesContent(column.Name))
            {
                AddValues(evidence, column, rows, kinds);
            }
        }

        if (table.Texts is not null)
        {
            AddClusters(evidence, rows, kinds);
        }

        if (domainScores is not null)
        {
            AddDomain(evidence, domainScores, rows, kinds);
        }

        return new(rows, [.. kinds.OrderByDescending(k => k.Contents)]);
    }

    private static void AddValues(Evidence evidence, CodedColumn column, bool[] rows, List<NewKind> kinds)
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

        for (int row = 0; row < rows.Length; row++)
        {
            rows[row] |= column.Codes[row] >= 0 && isNew[column.Codes[row]] && evidence.Table.IsCurrent(row);
        }
    }

    private static void AddClusters(Evidence evidence, bool[] rows, List<NewKind> kinds)
    {
        var counts = Count(evidence.Table, evidence.Clusters, evidence.ClusterCount, out var periods);
        var isNew = new bool[evidence.ClusterCount];
        for (int c = 0; c < isNew.Length; c++)
        {
            isNew[c] = IsNew(counts.Current[c], counts.Reference[c], periods);
        }

        var named = new HashSet<int>();
        for (int row = 0; row < rows.Length; row++)
        {
            int cluster = evidence.Clusters[row];
            if (isNew[cluster] && evidence.Table.IsCurrent(row))
            {
                rows[row] = true;
                if (named.Add(cluster))
                {
                    kinds.Add(new($"copies of content {evidence.Table.Ids[row]}", "cluster", evidence.Table.Ids[row], (long)counts.Current[cluster]));
                }
            }
        }
    }

    // Bands of equal numbers of current rows by domain score; a run of bands from the top, each at least ten times as
    // dense in the current period as in the reference, is content that the reference did not have.
    private static void AddDomain(Evidence evidence, double[] scores, bool[] rows, List<NewKind> kinds)
    {
        var table = evidence.Table;
        var current = new List<double>();
        var reference = new List<double>();
        for (int row = 0; row < scores.Length; row++)
        {
            if (!double.IsNaN(scores[row]))
            {
                (table.IsCurrent(row) ? current : reference).Add(scores[row]);
            }
        }

        if (current.Count < DomainBands || reference.Count < DomainBands)
        {
            return;
        }

        current.Sort();
        reference.Sort();
        double cut = double.PositiveInfinity;
        int referenceAbove = 0;
        for (int band = 1; band <= DomainBands; band++)
        {
            int from = current.Count - (current.Count * band / DomainBands);
            int inBand = (current.Count * band / DomainBands) - (current.Count * (band - 1) / DomainBands);
            int above = reference.Count - LowerBound(reference, current[from]);
            double ratio = inBand / (double)current.Count / ((above - referenceAbove + 0.5) / reference.Count);
            if (ratio < DensityRatio)
            {
                break;
            }

            (cut, referenceAbove) = (current[from], above);
        }

        long contents = 0;
        for (int row = 0; row < rows.Length; row++)
        {
            if (scores[row] >= cut && table.IsCurrent(row))
            {
                rows[row] = true;
                contents++;
            }
        }

        if (contents > 0)
        {
            kinds.Add(new("texts unlike any in the reference", "text", "", contents));
        }
    }

    private static int LowerBound(List<double> sorted, double value)
    {
        int at = sorted.BinarySearch(value);
        at = at < 0 ? ~at : at;
        while (at > 0 && sorted[at - 1] >= value)
        {
            at--;
        }

        return at;
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
