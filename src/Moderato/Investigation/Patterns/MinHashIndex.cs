using System.Numerics;
using System.Runtime.InteropServices;

namespace Moderato.Investigation.Patterns;

/// <summary>
/// Finds, among the texts already added, the one most like a new text by the Jaccard similarity of their sets of
/// character 5-grams. Candidates share one of 16 bands of 6 min-hashes (Broder 1997; banding as in Leskovec, Rajaraman,
/// Ullman, chapter 3: a pair at .8 meets with probability .992) and are then compared set against set, so that a band met
/// by chance merges nothing. Each text costs a bounded number of comparisons.
/// </summary>
internal sealed class MinHashIndex
{
    private const int Gram = 5;
    private const int Bands = 16;
    private const int RowsPerBand = 6;
    private const int Hashes = Bands * RowsPerBand;

    /// <summary>Of a longer set the 512 smallest hashes stand for all: their Jaccard estimates it with s.e. ≤ .022.</summary>
    private const int SketchSize = 512;

    // What bounds the work where thousands of texts follow one template: the first leaders of a bucket stand for it.
    private const int BucketDepth = 8;

    private static readonly uint[] Multipliers = Constants(1);
    private static readonly uint[] Offsets = Constants(2);

    private readonly int mask;
    private readonly int[] heads;
    private readonly List<int> next = [];
    private readonly List<uint> bandKeys = [];
    private readonly List<uint[]> sketches = [];
    private readonly List<int> seenBy = [];
    private readonly uint[] minima = new uint[Hashes];
    private readonly uint[] keys = new uint[Bands];
    private uint[] grams = new uint[1024];
    private int query;

    /// <param name="most">How many texts may be added.</param>
    public MinHashIndex(int most)
    {
        mask = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, most)) - 1;
        heads = new int[Bands * (mask + 1)];
        Array.Fill(heads, -1);
    }

    /// <summary>Number of 5-grams of a folded text; what has fewer than some is too short to be nearly the same as anything.</summary>
    public static int GramCount(ReadOnlySpan<int> codes) => Math.Max(0, codes.Length - Gram + 1);

    /// <summary>The index of the added text with the greatest similarity ≥ <paramref name="threshold"/>, the earliest among equals; or, when there is none, adds this one and returns its new index.</summary>
    public int FindOrAdd(ReadOnlySpan<int> codes, double threshold, out bool added)
    {
        var sketch = Sketch(codes);
        query++;
        int best = -1;
        double bestSimilarity = threshold;
        for (int band = 0; band < Bands; band++)
        {
            for (int leader = heads[Slot(band)]; leader >= 0; leader = next[(leader * Bands) + band])
            {
                if (bandKeys[(leader * Bands) + band] != keys[band] || seenBy[leader] == query)
                {
                    continue;
                }

                seenBy[leader] = query;
                double similarity = Jaccard(sketch, sketches[leader]);
                if (similarity > bestSimilarity || (similarity == bestSimilarity && (best < 0 || leader < best)))
                {
                    (best, bestSimilarity) = (leader, similarity);
                }
            }
        }

        added = best < 0;
        return added ? Add(sketch) : best;
    }

    private int Slot(int band) => (band * (mask + 1)) + ((int)keys[band] & mask);

    private int Add(ReadOnlySpan<uint> sketch)
    {
        int leader = sketches.Count;
        sketches.Add(sketch.ToArray());
        seenBy.Add(0);
        bandKeys.AddRange(keys);
        CollectionsMarshal.SetCount(next, next.Count + Bands);
        for (int band = 0; band < Bands; band++)
        {
            next[(leader * Bands) + band] = -1;
            int depth = 0;
            int last = -1;
            for (int other = heads[Slot(band)]; other >= 0 && depth < BucketDepth; other = next[(other * Bands) + band])
            {
                last = other;
                depth++;
            }

            if (last < 0)
            {
                heads[Slot(band)] = leader;
            }
            else if (depth < BucketDepth)
            {
                next[(last * Bands) + band] = leader;
            }
        }

        return leader;
    }

    /// <summary>The smallest distinct 5-gram hashes, ascending; leaves the band keys in <see cref="keys"/>.</summary>
    private ReadOnlySpan<uint> Sketch(ReadOnlySpan<int> codes)
    {
        int count = GramCount(codes);
        if (grams.Length < count)
        {
            grams = new uint[count * 2];
        }

        for (int i = 0; i < count; i++)
        {
            ulong hash = 0;
            for (int j = 0; j < Gram; j++)
            {
                hash = (hash ^ (uint)codes[i + j]) * 0x9E3779B97F4A7C15;
                hash ^= hash >> 29;
            }

            grams[i] = (uint)(hash >> 32);
        }

        var all = grams.AsSpan(0, count);
        all.Sort();
        int distinct = 0;
        for (int i = 0; i < count; i++)
        {
            if (i == 0 || all[i] != all[i - 1])
            {
                all[distinct++] = all[i];
            }
        }

        FillKeys(all[..distinct]);
        return all[..Math.Min(distinct, SketchSize)];
    }

    private void FillKeys(ReadOnlySpan<uint> set)
    {
        Array.Fill(minima, uint.MaxValue);
        for (int lane = 0; lane < Hashes; lane += Vector<uint>.Count)
        {
            var multiplier = new Vector<uint>(Multipliers, lane);
            var offset = new Vector<uint>(Offsets, lane);
            var minimum = new Vector<uint>(uint.MaxValue);
            foreach (uint gram in set)
            {
                minimum = Vector.Min(minimum, (new Vector<uint>(gram) * multiplier) + offset);
            }

            minimum.CopyTo(minima, lane);
        }

        for (int band = 0; band < Bands; band++)
        {
            ulong key = 0;
            for (int row = 0; row < RowsPerBand; row++)
            {
                key = (key ^ minima[(band * RowsPerBand) + row]) * 0x9E3779B97F4A7C15;
                key ^= key >> 31;
            }

            keys[band] = (uint)key;
        }
    }

    /// <summary>|A ∩ B| / |A ∪ B| over the <see cref="SketchSize"/> smallest of the union: exact for sets that a sketch holds whole.</summary>
    private static double Jaccard(ReadOnlySpan<uint> a, ReadOnlySpan<uint> b)
    {
        int i = 0, j = 0, both = 0, union = 0;
        while (union < SketchSize && (i < a.Length || j < b.Length))
        {
            if (j == b.Length || (i < a.Length && a[i] < b[j]))
            {
                i++;
            }
            else if (i == a.Length || b[j] < a[i])
            {
                j++;
            }
            else
            {
                both++;
                i++;
                j++;
            }

            union++;
        }

        return union == 0 ? 0 : (double)both / union;
    }

    private static uint[] Constants(ulong stream)
    {
        var constants = new uint[Hashes];
        ulong state = stream * 0xD1B54A32D192ED03;
        for (int i = 0; i < Hashes; i++)
        {
            state += 0x9E3779B97F4A7C15;
            ulong z = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            constants[i] = (uint)(z >> 32) | 1;
        }

        return constants;
    }
}
