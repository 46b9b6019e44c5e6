using System.Text;
using Moderato.Decisions;
using Moderato.Investigation.Patterns.Signals;

namespace Moderato.Investigation.Patterns;

/// <summary>
/// The words that mark some contents out from the rest: those that occur in more of them than chance has it. A word is what
/// <see cref="TextScan"/> reads as one; of Han and kana, which are written without spaces, a pair of neighbours is a word.
/// No list of stop words: a word that is common everywhere marks nothing out, in whatever language.
/// </summary>
public sealed class Terms
{
    private const int Buckets = 1 << 18;

    /// <summary>Least contents with the word among those to mark out.</summary>
    private const int LeastSupport = 5;

    /// <summary>Least standardised excess; most words are tried, so this only keeps noise from filling the list.</summary>
    private const double LeastZ = 3;

    private readonly Dictionary<ulong, int> numberOf = [];

    private Terms(IReadOnlyList<string> words) => Words = words;

    /// <summary>Most marking first.</summary>
    public IReadOnlyList<string> Words { get; }

    /// <summary>Terms given by name: what <see cref="Words"/> of another instance, or a report, says.</summary>
    public static Terms Named(IReadOnlyList<string> words)
    {
        var terms = new Terms(words);
        var scan = new TextScan();
        for (int number = 0; number < words.Count; number++)
        {
            scan.Read(Encoding.UTF8.GetBytes(words[number]));
            foreach (var word in new WordReader(scan))
            {
                terms.numberOf.TryAdd(word.Hash, number);
                break;
            }
        }

        return terms;
    }

    /// <summary>
    /// The words with the greatest excess o − n·k/N, with o of the n contents that have the word and k of all N contents
    /// marked. Two passes: counts in 2¹⁸ buckets, then exact counts of the words in the best buckets.
    /// </summary>
    /// <param name="rows">The contents to count, one a near-duplicate cluster so that a flood counts once.</param>
    /// <param name="marked">By row: whether the content is one of those to mark out.</param>
    public static Terms Select(PackedStrings texts, ReadOnlySpan<int> rows, ReadOnlySpan<bool> marked, int most)
    {
        long all = 0;
        foreach (int row in rows)
        {
            all += marked[row] ? 1 : 0;
        }

        if (all == 0 || all == rows.Length)
        {
            return Named([]);
        }

        double share = all / (double)rows.Length;
        var likely = LikelyBuckets(texts, rows, marked, share, 4 * most);
        var counted = new Dictionary<ulong, Count>();
        var scan = new TextScan();
        foreach (int row in rows)
        {
            scan.Read(texts.Utf8(row));
            foreach (var word in new WordReader(scan))
            {
                if (!likely[Bucket(word.Hash)])
                {
                    continue;
                }

                ref var count = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(counted, word.Hash, out bool known);
                count = !known ? new(1, marked[row] ? 1 : 0, row, row, word.Start, word.End)
                    : count.LastRow == row ? count
                    : count with { Contents = count.Contents + 1, Marked = count.Marked + (marked[row] ? 1 : 0), LastRow = row };
            }
        }

        return Named([.. counted
            .Where(word => Excess(word.Value.Contents, word.Value.Marked, share) > 0)
            .OrderByDescending(word => Excess(word.Value.Contents, word.Value.Marked, share)).ThenBy(word => word.Key)
            .Take(most)
            .Select(word => Name(texts.Utf8(word.Value.FirstRow)[word.Value.Start..word.Value.End]))]);
    }

    /// <summary>Adds the number of each term in the text that was scanned last; a term that occurs twice is added twice.</summary>
    internal void Find(TextScan scan, Action<int> add)
    {
        if (numberOf.Count == 0)
        {
            return;
        }

        foreach (var word in new WordReader(scan))
        {
            if (numberOf.TryGetValue(word.Hash, out int number))
            {
                add(number);
            }
        }
    }

    private static bool[] LikelyBuckets(PackedStrings texts, ReadOnlySpan<int> rows, ReadOnlySpan<bool> marked, double share, int most)
    {
        var contents = new int[Buckets];
        var ofMarked = new int[Buckets];
        var lastRow = new int[Buckets];
        Array.Fill(lastRow, -1);
        var scan = new TextScan();
        foreach (int row in rows)
        {
            scan.Read(texts.Utf8(row));
            foreach (var word in new WordReader(scan))
            {
                int bucket = Bucket(word.Hash);
                if (lastRow[bucket] != row)
                {
                    lastRow[bucket] = row;
                    contents[bucket]++;
                    ofMarked[bucket] += marked[row] ? 1 : 0;
                }
            }
        }

        var likely = new bool[Buckets];
        foreach (int bucket in Enumerable.Range(0, Buckets)
            .Where(bucket => ofMarked[bucket] >= LeastSupport)
            .OrderByDescending(bucket => Excess(contents[bucket], ofMarked[bucket], share)).Take(most))
        {
            likely[bucket] = true;
        }

        return likely;
    }

    private static int Bucket(ulong hash) => (int)(hash >> 46);

    /// <summary>o − n·k/N; 0 where it is within chance or has too little support.</summary>
    private static double Excess(int contents, int ofMarked, double share)
    {
        double excess = ofMarked - (contents * share);
        return ofMarked >= LeastSupport && excess >= LeastZ * Math.Sqrt(contents * share * (1 - share)) ? excess : 0;
    }

    private static string Name(ReadOnlySpan<byte> word) => Encoding.UTF8.GetString(word).ToLowerInvariant();

    private readonly record struct Count(int Contents, int Marked, int FirstRow, int LastRow, int Start, int End);
}
