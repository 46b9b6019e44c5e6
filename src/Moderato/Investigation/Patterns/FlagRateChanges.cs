using Moderato.Investigation.Findings;
using Moderato.Statistics.HypothesisTests;

namespace Moderato.Investigation.Patterns;

/// <summary>
/// What is flagged more than before, without a label: kinds of content whose share of the flags rose between reference and
/// current. Floods of one text come first, as they are counted; then slices, found on one half of the flagged contents by
/// sequential covering and tested on the other. Where everything is flagged more alike, nothing stands out and nothing is listed.
/// </summary>
/// <param name="Changes">The largest part of the additional flags first.</param>
/// <param name="Tested">How many slices were tested.</param>
public sealed record FlagRateChanges(
    IReadOnlyList<FlagRateChange> Changes, int Tested, IReadOnlyList<NotAssessed> NotAssessed)
{
    private const int MostSlices = 8;
    private const int MostTerms = 100;
    private const int LeastFlags = 20;

    public static FlagRateChanges Of(Evidence evidence, SliceColumns columns, int seed)
    {
        var table = evidence.Table;
        // A release or the age of an author in the log differs between periods whatever is flagged.
        columns = columns with { Columns = [.. columns.Columns.Where(column => ContentColumns.DescribesContent(column.Name))] };
        if (!evidence.HasReference)
        {
            return new([], 0, [new("what is flagged more than before", "nothing says what is reference and what is current: give --reference or --since") { Step = Steps.Patterns }]);
        }

        var flagged = FlaggedContents.Of(evidence);
        var floods = flagged.Floods();
        var flooded = new HashSet<int>(floods);
        var discovery = Halves.Discovery(table, evidence.Clusters, evidence.ClusterCount, seed);
        int[] representatives = Array.FindAll(flagged.Representatives, row => !flooded.Contains(evidence.Clusters[row]));
        var ones = new double[table.Count];
        Array.Fill(ones, 1);
        int[] foundOn = Array.FindAll(representatives, row => discovery[row]), testedOn = Array.FindAll(representatives, row => !discovery[row]);
        var found = foundOn.Length < LeastFlags || testedOn.Length < LeastFlags ? [] : Find(evidence, columns, foundOn, representatives, ones);

        var tests = new List<(IReadOnlyDictionary<string, string> Where, SliceMatcher Slice, double P)>();
        foreach (var where in found)
        {
            var matcher = new SliceMatcher(table, columns.Columns, where);
            bool Taken(int row) => tests.Exists(earlier => earlier.Slice.Holds(row));
            tests.Add((where, matcher, Math.Max(
                TwoGroups.PValue(table, testedOn, ones, matcher.Holds, table.IsCurrent),
                TwoGroups.PValue(table, Array.FindAll(testedOn, row => !Taken(row)), ones, matcher.Holds, table.IsCurrent))));
        }

        double[] q = MultipleTesting.BenjaminiHochberg([.. tests.Select(test => test.P)]);
        var counts = new FlagCounts(evidence);
        var changes = new List<FlagRateChange>();
        foreach (int cluster in floods)
        {
            changes.Add(counts.Take(flagged.FloodName(cluster), row => evidence.Clusters[row] == cluster));
        }

        for (int i = 0; i < tests.Count; i++)
        {
            if (q[i] <= SliceSearch.FalseDiscoveryRate)
            {
                changes.Add(counts.Take(tests[i].Where, tests[i].Slice.Holds) with { Q = q[i] });
            }
        }

        return new([.. changes.Where(change => change.ExcessShare > 0).OrderByDescending(change => change.ExcessShare)], tests.Count, []);
    }

    private static IReadOnlyDictionary<string, string>[] Find(Evidence evidence, SliceColumns columns, int[] foundOn, int[] representatives, double[] ones)
    {
        var table = evidence.Table;
        bool[] current = [.. Enumerable.Range(0, table.Count).Select(table.IsCurrent)];
        var terms = table.Texts is { } texts ? Terms.Select(texts, foundOn, current, MostTerms) : Terms.Named([]);
        var include = new bool[table.Count];
        foreach (int row in representatives)
        {
            include[row] = true;
        }

        var features = SliceFeatures.Of(table, columns, terms, include);
        double[] isCurrent = Array.ConvertAll(current, value => value ? 1.0 : 0);
        return [.. new SliceDiscovery(features, isCurrent, ones).Find(foundOn, MostSlices).Select(features.Where)];
    }
}
