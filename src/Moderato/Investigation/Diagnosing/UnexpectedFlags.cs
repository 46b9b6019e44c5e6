namespace Moderato.Investigation.Diagnosing;

/// <summary>
/// Whether a kind of content is flagged more than its texts would have been in the reference. What each current row would have been is
/// read off the flag rate of the reference in its stratum of texts; where what is written explains the rise, the model is no
/// worse than it was.
/// </summary>
internal sealed class UnexpectedFlags
{
    private const double MostGrowth = 1.5;

    /// <summary>What is flagged more by less is not what made a relevant rise.</summary>
    private const double LeastRise = 1.5;

    private const double Sure = 1.645;

    private readonly Evidence evidence;
    private readonly NewContent newContent;
    private readonly MixStrata? texts;
    private readonly double[] rates = [];
    private readonly double referenceCut;

    /// <param name="texts">Null where there are none: then a kind is expected to be flagged as it was.</param>
    public UnexpectedFlags(Evidence evidence, NewContent newContent, MixStrata? texts)
    {
        (this.evidence, this.newContent, this.texts) = (evidence, newContent, texts);
        var cuts = BlockCuts.Of(evidence.Table);
        referenceCut = cuts.Moved ? cuts.Reference!.Value : double.NegativeInfinity;
        if (texts is null)
        {
            return;
        }

        var counts = new (double Rows, double Flagged)[texts.Values.Count];
        for (int row = 0; row < texts.Codes.Length; row++)
        {
            if (texts.Codes[row] is var code and >= 0 && !evidence.Table.IsCurrent(row))
            {
                counts[code] = (counts[code].Rows + 1, counts[code].Flagged + (evidence.IsFlagged(row) ? 1 : 0));
            }
        }

        rates = Array.ConvertAll(counts, cell => cell.Rows > 0 ? cell.Flagged / cell.Rows : double.NaN);
    }

    /// <summary>
    /// The part of the additional flags in a kind that neither its own former flag rate nor its texts explain; 0 where there are
    /// none, or where there is so much more of the kind that other contents must have come to it.
    /// </summary>
    public double ShareIn(bool[] kind) => In(kind) is { Grew: false } counts && counts.Flagged > counts.Own
        ? (counts.Flagged - Math.Max(counts.Own, counts.Expected)) / (counts.Flagged - counts.Own)
        : 0;

    /// <summary>Whether a kind is flagged more than before by half, and beyond the chance of both counts.</summary>
    public bool RoseIn(bool[] kind)
    {
        var counts = In(kind);
        return counts.Flagged >= LeastRise * counts.Own && counts.Flagged - counts.Own > Sure * Math.Sqrt(counts.Flagged + (counts.Own * counts.Scale));
    }

    /// <summary>Current flags in a kind, how many its own former rate and its texts make expected, and how many contents there are to one of the reference.</summary>
    private (double Flagged, double Own, double Expected, double Scale, bool Grew) In(bool[] kind)
    {
        double rows = 0, flagged = 0, expected = 0, before = 0, flaggedBefore = 0, all = 0, allBefore = 0;
        for (int row = 0; row < kind.Length; row++)
        {
            double old = newContent.Old(row);
            all += evidence.Table.IsCurrent(row) ? old : 0;
            allBefore += evidence.Table.IsCurrent(row) ? 0 : 1;
            if (!kind[row])
            {
                continue;
            }

            bool isFlagged = evidence.IsFlagged(row);
            if (!evidence.Table.IsCurrent(row))
            {
                before++;
                flaggedBefore += isFlagged ? 1 : 0;
                continue;
            }

            rows += old;
            // What only a moved cut flags is the cut's.
            flagged += isFlagged && !(evidence.Table.Scores?[row] < referenceCut) ? old : 0;
            expected += old * (texts?.Codes[row] is >= 0 and var code && !double.IsNaN(rates[code]) ? rates[code] : 0);
        }

        double scale = before > 0 ? rows / before : 0;
        return (flagged, flaggedBefore * scale, expected, scale, rows / all > MostGrowth * before / allBefore);
    }
}
