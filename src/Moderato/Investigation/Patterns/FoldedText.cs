using System.Buffers;
using System.Globalization;
using System.Text;

namespace Moderato.Investigation.Patterns;

/// <summary>
/// A text as near-duplicate detection compares it: code points in lower case, every run of digits one '0', every URL and
/// every @mention one mark, everything between words one space, format characters and variation selectors dropped.
/// Emoji and other symbols stay. One instance is a reused buffer: it holds the last text folded.
/// </summary>
internal sealed class FoldedText
{
    private const int Url = 1;
    private const int Mention = 2;
    private int[] codes = new int[1024];
    private int length;

    public ReadOnlySpan<int> Codes => codes.AsSpan(0, length);

    /// <summary>
    /// A 64-bit hash of what is left of <paramref name="utf8"/>. A text of which folding leaves nothing but digits and marks
    /// ("42", "@you", ":)") is hashed as it stands and leaves no <see cref="Codes"/>: there the folded part is all that tells texts apart.
    /// </summary>
    public ulong Fold(ReadOnlySpan<byte> utf8)
    {
        if (codes.Length < utf8.Length + 2)
        {
            codes = new int[utf8.Length * 2];
        }

        length = 0;
        bool telling = false;
        bool atWordStart = true;
        int at = 0;
        while (at < utf8.Length)
        {
            byte ascii = utf8[at];
            if (ascii < 0x80)
            {
                if (atWordStart && Special(utf8[at..], out int skipped) is var mark and not 0)
                {
                    Append(mark);
                    at += skipped;
                    continue;
                }

                at++;
                int lower = ascii | 0x20;
                if (lower is >= 'a' and <= 'z')
                {
                    Append(lower);
                    telling = true;
                    atWordStart = false;
                }
                else if (ascii is >= (byte)'0' and <= (byte)'9')
                {
                    AppendDigit();
                    atWordStart = false;
                }
                else
                {
                    AppendSpace();
                    atWordStart = true;
                }

                continue;
            }

            if (Rune.DecodeFromUtf8(utf8[at..], out var rune, out int read) != OperationStatus.Done)
            {
                rune = Rune.ReplacementChar;
            }

            at += read;
            var kept = AppendRune(rune);
            telling |= kept == Kept.Telling;
            atWordStart = kept == Kept.Space || (kept == Kept.Nothing && atWordStart);
        }

        if (length > 0 && codes[length - 1] == ' ')
        {
            length--;
        }

        if (!telling)
        {
            length = 0;
            return HashBytes(utf8);
        }

        return Hash(Codes);
    }

    private enum Kept
    {
        Nothing,
        Space,
        Digit,
        Telling,
    }

    private Kept AppendRune(Rune rune)
    {
        switch (Rune.GetUnicodeCategory(rune))
        {
            case UnicodeCategory.Format or UnicodeCategory.Control:
            case UnicodeCategory.NonSpacingMark when rune.Value is (>= 0xFE00 and <= 0xFE0F) or >= 0xE0100:
                return Kept.Nothing;
            case UnicodeCategory.DecimalDigitNumber:
                AppendDigit();
                return Kept.Digit;
            case UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.ConnectorPunctuation or UnicodeCategory.DashPunctuation or UnicodeCategory.OpenPunctuation
                or UnicodeCategory.ClosePunctuation or UnicodeCategory.InitialQuotePunctuation
                or UnicodeCategory.FinalQuotePunctuation or UnicodeCategory.OtherPunctuation:
                AppendSpace();
                return Kept.Space;
            default:
                Append(Rune.ToLowerInvariant(rune).Value);
                return Kept.Telling;
        }
    }

    private void Append(int code) => codes[length++] = code;

    private void AppendDigit()
    {
        if (length == 0 || codes[length - 1] != '0')
        {
            Append('0');
        }
    }

    private void AppendSpace()
    {
        if (length > 0 && codes[length - 1] != ' ')
        {
            Append(' ');
        }
    }

    /// <summary>The mark for a URL or @mention that begins here, and how many bytes it takes; 0 when none does.</summary>
    private static int Special(ReadOnlySpan<byte> rest, out int bytes)
    {
        bytes = 0;
        if (rest[0] == '@')
        {
            bytes = 1;
            while (bytes < rest.Length && (char.IsAsciiLetterOrDigit((char)rest[bytes]) || rest[bytes] == '_'))
            {
                bytes++;
            }

            return bytes > 1 ? Mention : 0;
        }

        if (!StartsWith(rest, "http://"u8) && !StartsWith(rest, "https://"u8) && !StartsWith(rest, "www."u8))
        {
            return 0;
        }

        bytes = rest.IndexOfAny(" \t\r\n"u8);
        bytes = bytes < 0 ? rest.Length : bytes;
        return Url;
    }

    private static bool StartsWith(ReadOnlySpan<byte> rest, ReadOnlySpan<byte> lower) =>
        rest.Length > lower.Length && Ascii.EqualsIgnoreCase(rest[..lower.Length], lower);

    private static ulong Hash(ReadOnlySpan<int> values)
    {
        ulong hash = 0x9E3779B97F4A7C15;
        foreach (int value in values)
        {
            hash = Mix(hash ^ (uint)value);
        }

        return hash;
    }

    // Begins elsewhere than Hash, so that a raw "42" never meets a folded one.
    private static ulong HashBytes(ReadOnlySpan<byte> values)
    {
        ulong hash = 0xC2B2AE3D27D4EB4F;
        foreach (byte value in values)
        {
            hash = Mix(hash ^ value);
        }

        return hash;
    }

    private static ulong Mix(ulong value)
    {
        value *= 0xFF51AFD7ED558CCD;
        return value ^ (value >> 32);
    }
}
