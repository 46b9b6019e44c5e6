using Moderato.Decisions;
using Moderato.Investigation.Patterns;
using Moderato.Investigation.Patterns.Signals;

namespace Moderato.Investigation.Shift;

/// <summary>
/// The words that give the current content away. Among those with the greatest excess the order is by what one more text tells:
/// p ln(p/q) + (1−p) ln((1−p)/(1−q)), with p and q the shares of current and reference texts that hold the word. So a new name
/// comes before an article that became a little commoner, without a list of stop words of any language.
/// </summary>
internal static class TellingTerms
{
    private const int Candidates = 200;
    private const int Most = 12;

    /// <summary>Most telling first.</summary>
    /// <param name="rows">One text a near-duplicate cluster and side.</param>
    /// <param name="current">By place in <paramref name="rows"/>.</param>
    public static IReadOnlyList<string> Of(PackedStrings texts, int[] rows, bool[] current)
    {
        var marked = new bool[texts.Count];
        for (int i = 0; i < rows.Length; i++)
        {
            // A cluster of both sides has a row on each.
            marked[rows[i]] = current[i];
        }

        var terms = Terms.Select(texts, rows, marked, Candidates);
        int[] inCurrent = new int[terms.Words.Count], inReference = new int[terms.Words.Count], last = new int[terms.Words.Count];
        var scan = new TextScan();
        for (int i = 0; i < rows.Length; i++)
        {
            scan.Read(texts.Utf8(rows[i]));
            int text = i + 1;
            terms.Find(scan, term =>
            {
                if (last[term] != text)
                {
                    last[term] = text;
                    (current[text - 1] ? inCurrent : inReference)[term]++;
                }
            });
        }

        double m = current.Count(isCurrent => isCurrent), n = rows.Length - m;
        return
        [
            .. Enumerable.Range(0, terms.Words.Count)
                .OrderByDescending(term => Divergence((inCurrent[term] + .5) / (m + 1), (inReference[term] + .5) / (n + 1)))
                .Take(Most).Select(term => terms.Words[term]),
        ];
    }

    /// <summary>Kullback and Leibler's, in nats a text, of one word's presence.</summary>
    public static double Divergence(double p, double q) => (p * Math.Log(p / q)) + ((1 - p) * Math.Log((1 - p) / (1 - q)));
}
