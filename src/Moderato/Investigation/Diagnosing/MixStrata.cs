using Moderato.Decisions;

namespace Moderato.Investigation.Diagnosing;

/// <summary>
/// Kinds of content over which the change of the FPR is split into mix and rate: the values of a column, rare ones pooled,
/// or bands of the domain classifier's score. Within a band of P(current | text) the two periods hold alike content
/// (Rosenbaum and Rubin 1983, propensity strata), so bands also see a mix that no column shows.
/// </summary>
/// <param name="Name">The column, or <c>kind of text</c>.</param>
/// <param name="Codes">Stratum of each row, or −1.</param>
/// <param name="Values">Names of the strata.</param>
/// <param name="Shift">Total variation distance between the two periods' shares, 0 to 1, over all contents.</param>
public sealed record MixStrata(string Name, RowCodes Codes, IReadOnlyList<string> Values, double Shift)
{
    private const double RarestShare = 0.01;
    private const int DomainBands = 5;

    /// <summary>Strata of a column; null where fewer than two values are common enough in both periods.</summary>
    public static MixStrata? Of(Evidence evidence, CodedColumn column)
    {
        var table = evidence.Table;
        var current = new long[column.Values.Count];
        var reference = new long[column.Values.Count];
        for (int row = 0; row < table.Count; row++)
        {
            if (column.Codes[row] is var code and >= 0)
            {
                (table.IsCurrent(row) ? current : reference)[code]++;
            }
        }

        double currentAll = current.Sum(), referenceAll = reference.Sum();
        if (currentAll == 0 || referenceAll == 0)
        {
            return null;
        }

        var names = new List<string>();
        var place = new int[column.Values.Count];
        for (int v = 0; v < place.Length; v++)
        {
            // Common in the period where it is rarer: a rate of the reference is needed for every kind.
            bool common = reference[v] >= RarestShare * referenceAll && current[v] + reference[v] >= RarestShare * (currentAll + referenceAll);
            place[v] = common ? names.Count : -1;
            if (common)
            {
                names.Add(column.Values[v]);
            }
        }

        if (names.Count == 0)
        {
            return null;
        }

        names.Add("other");
        var codes = new int[table.Count];
        for (int row = 0; row < codes.Length; row++)
        {
            codes[row] = column.Codes[row] is var code and >= 0 && place[code] >= 0 ? place[code] : names.Count - 1;
        }

        return new(column.Name, codes, names, ShiftOf(table, codes, names.Count));
    }

    /// <summary>Bands of the domain classifier's score, equal in rows of the reference.</summary>
    public static MixStrata? OfDomain(Evidence evidence, double[]? domainScores)
    {
        if (domainScores is null)
        {
            return null;
        }

        var table = evidence.Table;
        var reference = Enumerable.Range(0, table.Count)
            .Where(row => !table.IsCurrent(row) && !double.IsNaN(domainScores[row]))
            .Select(row => domainScores[row]).Order().ToArray();
        if (reference.Length < 100)
        {
            return null;
        }

        var edges = Enumerable.Range(1, DomainBands - 1).Select(b => reference[reference.Length * b / DomainBands]).ToArray();
        var codes = new int[table.Count];
        for (int row = 0; row < codes.Length; row++)
        {
            codes[row] = double.IsNaN(domainScores[row]) ? -1 : edges.Count(edge => domainScores[row] >= edge);
        }

        var names = Enumerable.Range(1, DomainBands).Select(b => $"band {b} of {DomainBands}").ToArray();
        return new("kind of text", codes, names, ShiftOf(table, codes, DomainBands));
    }

    private static double ShiftOf(DecisionTable table, int[] codes, int strata)
    {
        var current = new double[strata];
        var reference = new double[strata];
        for (int row = 0; row < codes.Length; row++)
        {
            if (codes[row] >= 0)
            {
                (table.IsCurrent(row) ? current : reference)[codes[row]]++;
            }
        }

        double currentAll = Math.Max(1, current.Sum()), referenceAll = Math.Max(1, reference.Sum());
        return 0.5 * Enumerable.Range(0, strata).Sum(s => Math.Abs((current[s] / currentAll) - (reference[s] / referenceAll)));
    }
}
