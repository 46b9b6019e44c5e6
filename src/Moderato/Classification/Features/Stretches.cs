namespace Moderato.Classification.Features;

/// <summary>Letters repeated for emphasis.</summary>
internal static class Stretches
{
    /// <summary>Letters that English doubles often; a stretched one is more likely two than one.</summary>
    private const string OftenDoubled = "bcdefglmnoprstz";

    /// <summary>Writes the word with every letter that stands three times or more in a row shortened to one, or to two where that is likely and wanted.</summary>
    /// <returns>The length written.</returns>
    public static int Shorten(ReadOnlySpan<uint> word, Span<uint> to, bool keepDoubles)
    {
        int written = 0;
        for (int at = 0; at < word.Length;)
        {
            int end = at + 1;
            while (end < word.Length && word[end] == word[at])
            {
                end++;
            }

            int kept = end - at < 3 || word[at] == '*' ? end - at
                : keepDoubles && word[at] < 128 && OftenDoubled.Contains((char)word[at], StringComparison.Ordinal) ? 2
                : 1;
            to.Slice(written, kept).Fill(word[at]);
            written += kept;
            at = end;
        }

        return written;
    }
}
