using System.IO.Compression;

namespace Moderato.Classification.Languages;

/// <summary>
/// How much each n-gram of UTF-8 bytes at a word's start, middle or end speaks for each language: ELD's database
/// (Apache-2.0), packed by <c>language-table.mjs</c> beside this file. About 6 MB once loaded.
/// </summary>
internal sealed class LanguageTable
{
    /// <summary>Slots of the open-addressed table, a power of two over twice the number of n-grams.</summary>
    private const int Slots = 1 << 19;

    private readonly ulong[] keys = new ulong[Slots];
    private readonly int[] starts = new int[Slots];
    private readonly byte[] counts;
    private readonly byte[] languages;
    private readonly byte[] scores;

    private LanguageTable(byte[] packed)
    {
        int at = 0;
        Codes = new string[Number(packed, ref at)];
        for (int l = 0; l < Codes.Length; l++)
        {
            Codes[l] = $"{(char)packed[at++]}{(char)packed[at++]}";
        }

        int grams = (int)Number(packed, ref at);
        var order = new int[grams];
        ulong key = 0;
        for (int g = 0; g < grams; g++)
        {
            key += Number(packed, ref at);
            order[g] = Free(key);
            keys[order[g]] = key;
        }

        counts = new byte[Slots];
        int total = 0;
        foreach (int slot in order)
        {
            counts[slot] = packed[at++];
            starts[slot] = total;
            total += counts[slot];
        }

        languages = packed.AsSpan(at, total).ToArray();
        scores = new byte[total];
        at += total;
        for (int i = 0; i < total; i++)
        {
            scores[i] = (byte)Number(packed, ref at);
        }
    }

    public static LanguageTable Shipped => Loaded.Value;

    public string[] Codes { get; }

    private static Lazy<LanguageTable> Loaded { get; } = new(Load);

    public void AddScores(ulong gram, Span<int> totals)
    {
        for (int slot = SlotOf(gram); keys[slot] != 0; slot = (slot + 1) & (Slots - 1))
        {
            if (keys[slot] == gram)
            {
                int end = starts[slot] + counts[slot];
                for (int i = starts[slot]; i < end; i++)
                {
                    totals[languages[i]] += scores[i];
                }

                return;
            }
        }
    }

    private static LanguageTable Load()
    {
        using var resource = typeof(LanguageTable).Assembly.GetManifestResourceStream("Moderato.Classification.Languages.language-table.bin")!;
        using var brotli = new BrotliStream(resource, CompressionMode.Decompress);
        using var packed = new MemoryStream();
        brotli.CopyTo(packed);
        return new LanguageTable(packed.ToArray());
    }

    private static ulong Number(byte[] packed, ref int at)
    {
        ulong number = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte next = packed[at++];
            number |= (ulong)(next & 127) << shift;
            if (next < 128)
            {
                return number;
            }
        }
    }

    private static int SlotOf(ulong gram) => (int)((gram * 0x9E3779B97F4A7C15) >> (64 - 19));

    private int Free(ulong key)
    {
        int slot = SlotOf(key);
        while (keys[slot] != 0)
        {
            slot = (slot + 1) & (Slots - 1);
        }

        return slot;
    }
}
