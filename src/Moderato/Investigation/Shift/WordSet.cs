using Moderato.Investigation.Patterns;
using Moderato.Investigation.Patterns.Signals;
using Moderato.Releases;

namespace Moderato.Investigation.Shift;

/// <summary>The distinct words of one text after the other, as hashes; a reused buffer.</summary>
internal sealed class WordSet
{
    /// <summary>Later words of a long text are left out.</summary>
    public const int Most = 64;

    private readonly TextScan scan = new();
    private readonly List<ScannedWord> words = new(Most);
    private readonly HashSet<ulong> seen = [];

    /// <summary>Each word once, at its first place.</summary>
    public IReadOnlyList<ScannedWord> Read(ReadOnlySpan<byte> utf8)
    {
        words.Clear();
        seen.Clear();
        scan.Read(utf8);
        foreach (var word in new WordReader(scan))
        {
            if (seen.Add(word.Hash))
            {
                words.Add(word);
                if (words.Count == Most)
                {
                    break;
                }
            }
        }

        return words;
    }

    /// <summary>The bucket of <see cref="ContentProfile.Words"/>: 12 bits that are not among those of <see cref="Short"/>.</summary>
    public static int Bucket(ulong hash) => (int)(hash >> 52);

    /// <summary>As in <see cref="ContentProfile.Sample"/>.</summary>
    public static ushort Short(ulong hash) => (ushort)(hash >> 24);
}
