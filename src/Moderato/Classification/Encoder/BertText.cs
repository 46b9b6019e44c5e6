using System.Globalization;
using System.Text;
using Moderato.Classification.Folding;

namespace Moderato.Classification.Encoder;

/// <summary>
/// What BERT's tokenizers do before they split: nothing that is not seen, spaces around punctuation and ideographs; and the uncased ones also
/// canonical decomposition, non-spacing marks removed, lower case. Done here with the table that every build carries, because without ICU .NET does not normalise, and the ids of a text
/// must not depend on the machine.
/// </summary>
internal static class BertText
{
    private const int SyllableBase = 0xAC00;
    private const int LeadBase = 0x1100;
    private const int VowelBase = 0x1161;
    private const int TrailBase = 0x11A7;
    private const int Vowels = 21;
    private const int Trails = 28;
    private const int Syllables = 19 * Vowels * Trails;

    private static readonly Dictionary<uint, (uint First, uint Second)> Parts =
        FoldingTable.Shipped.Compositions().ToDictionary(parts => parts.Composed, parts => (parts.First, parts.Second));

    public static string Prepare(string text, bool uncased)
    {
        var prepared = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune))
            {
                prepared.Append(' ');
            }
            else if (!IsUnseen(rune))
            {
                bool alone = IsIdeograph(rune.Value) || IsPunctuation(rune);
                prepared.Append(alone ? " " : "");
                Append(prepared, rune, uncased);
                prepared.Append(alone ? " " : "");
            }
        }

        return prepared.ToString();
    }

    private static void Append(StringBuilder prepared, Rune rune, bool uncased)
    {
        if (uncased)
        {
            AppendUncased(prepared, (uint)rune.Value);
        }
        else
        {
            prepared.Append(rune);
        }
    }

    private static bool IsUnseen(Rune rune) => rune == Rune.ReplacementChar
        || CharUnicodeInfo.GetUnicodeCategory(rune.Value) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned;

    /// <summary>Unicode's, and every ASCII character that is neither letter, digit nor space.</summary>
    private static bool IsPunctuation(Rune rune) => rune.IsAscii
        ? !Rune.IsLetterOrDigit(rune)
        : CharUnicodeInfo.GetUnicodeCategory(rune.Value) is >= UnicodeCategory.ConnectorPunctuation and <= UnicodeCategory.OtherPunctuation;

    /// <summary>The blocks that BERT's tokenizers hold for ideographs; Hangul and kana are not among them.</summary>
    private static bool IsIdeograph(int codePoint) => codePoint is
        (>= 0x4E00 and <= 0x9FFF) or (>= 0x3400 and <= 0x4DBF) or (>= 0x20000 and <= 0x2A6DF) or (>= 0x2A700 and <= 0x2CEAF)
        or (>= 0xF900 and <= 0xFAFF) or (>= 0x2F800 and <= 0x2FA1F);

    private static void AppendUncased(StringBuilder prepared, uint codePoint)
    {
        int syllable = (int)codePoint - SyllableBase;
        if (syllable is >= 0 and < Syllables)
        {
            AppendUncased(prepared, (uint)(LeadBase + (syllable / (Vowels * Trails))));
            AppendUncased(prepared, (uint)(VowelBase + (syllable % (Vowels * Trails) / Trails)));
            if (syllable % Trails != 0)
            {
                AppendUncased(prepared, (uint)(TrailBase + (syllable % Trails)));
            }
        }
        else if (Parts.TryGetValue(codePoint, out var parts))
        {
            AppendUncased(prepared, parts.First);
            AppendUncased(prepared, parts.Second);
        }
        else if (CharUnicodeInfo.GetUnicodeCategory((int)codePoint) != UnicodeCategory.NonSpacingMark)
        {
            prepared.Append(Rune.ToLowerInvariant(new Rune(codePoint)));
        }
    }
}
