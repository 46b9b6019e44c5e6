using Moderato.Decisions;
using Moderato.Investigation.Shift;

namespace Moderato.Investigation.Diagnosing;

/// <summary>
/// Kinds of content over which the change of the FPR is split into mix and rate: the values of a column, rare ones pooled,
/// or bands of what the texts say. Within a band of P(current | text) the two periods hold alike content (Rosenbaum and Rubin
/// 1983, propensity strata), and within a band of the expected score content that is judged alike (Hansen 2008, prognostic
/// strata), so bands also see a mix that no column shows.
/// </summary>
/// <param name="Name">The column, or <c>kind of text</c>.</param>
/// <param name="Codes">Stratum of each row, or −1.</param>
/// <param name="Values">Names of the strata.</param>
/// <param name="Shift">Total variation distance between the two periods' shares, 0 to 1, over all contents.</param>
public sealed record MixStrata(string Name, RowCodes Codes, IReadOnlyList<string> Values, double Shift)
{
    /// <summary>The strata are made of what texts say; no column names the kind.</summary>
    public bool OfText { get; private init; }

    private const double RarestShare = 0.01;

    /// <summary>Shares of the reference below each band: narrower towards what the current period has more of.</summary>
    private static readonly double[] FineBands = [.2, .4, .6, .8, .9, .95, .98];
    private static readonly double[] WideBands = [.5, .8, .95];

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

    /// <summary>
    /// Strata of what the texts say: bands of the domain classifier's score, bands of the expected score, and both together. Empty
    /// without texts.
    /// </summary>
    public static IReadOnlyList<MixStrata> OfTexts(Evidence evidence, TextEvidence? texts)
    {
        if (texts is null || Bands(evidence, texts.DomainScores, FineBands) is not { } domain)
        {
            return [];
        }

        var strata = new List<MixStrata> { Named(evidence, domain, FineBands.Length + 1) };
        if (texts.ExpectedScores is { } expected && Bands(evidence, expected, FineBands) is { } fine)
        {
            strata.Add(Named(evidence, fine, FineBands.Length + 1));
            int[] wide = Bands(evidence, texts.DomainScores, WideBands)!, high = Bands(evidence, expected, WideBands)!;
            int count = WideBands.Length + 1;
            strata.Add(Named(evidence, [.. wide.Select((band, row) => band < 0 || high[row] < 0 ? -1 : (band * count) + high[row])], count * count));
        }

        return strata;
    }

    private static int[]? Bands(Evidence evidence, double[] scores, double[] shares)
    {
        var table = evidence.Table;
        var reference = Enumerable.Range(0, table.Count)
            .Where(row => !table.IsCurrent(row) && !double.IsNaN(scores[row]))
            .Select(row => scores[row]).Order().ToArray();
        if (reference.Length < 100)
        {
            return null;
        }

        double[] edges = Array.ConvertAll(shares, share => reference[(int)(reference.Length * share)]);
        return Array.ConvertAll(scores, score => double.IsNaN(score) ? -1 : edges.Count(edge => score >= edge));
    }

    private static MixStrata Named(Evidence evidence, int[] codes, int bands) =>
        new("kind of text", codes, [.. Enumerable.Range(1, bands).Select(band => $"{band} of {bands}")], ShiftOf(evidence.Table, codes, bands)) { OfText = true };

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
