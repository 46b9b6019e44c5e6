using System.Globalization;
using System.Text;

namespace Moderato.Investigation.Patterns.Signals;

internal enum CharacterKind : byte
{
    Separator,
    Letter,
    Digit,

    /// <summary>Belongs to the letter before it.</summary>
    Mark,

    /// <summary>Han or kana: a word of its own.</summary>
    Ideograph,
    Emoji,

    /// <summary>Format characters, variation selectors, skin tones.</summary>
    Ignored,
}

internal enum Script : byte
{
    None,
    Latin,
    Greek,
    Cyrillic,
    Hebrew,
    Arabic,
    Devanagari,
    OtherIndic,
    SouthEastAsian,
    Hangul,
    EastAsian,
    Other,
}

internal enum QuoteMark : byte
{
    None,
    Straight,
    Curly,
    Guillemet,
    Corner,
}

/// <summary>What a code point is to a text scan.</summary>
internal static class Characters
{
    public static CharacterKind KindOf(int code)
    {
        if (code < 0x80)
        {
            return char.IsAsciiLetter((char)code) ? CharacterKind.Letter
                : char.IsAsciiDigit((char)code) ? CharacterKind.Digit : CharacterKind.Separator;
        }

        if (code is (>= 0xFE00 and <= 0xFE0F) or (>= 0x1F3FB and <= 0x1F3FF))
        {
            return CharacterKind.Ignored;
        }

        if (code is (>= 0x1F000 and <= 0x1FAFF) or (>= 0x2600 and <= 0x27BF) or (>= 0x2B50 and <= 0x2B55))
        {
            return CharacterKind.Emoji;
        }

        if (ScriptOf(code) == Script.EastAsian && code is not (>= 0x3000 and < 0x3040))
        {
            return CharacterKind.Ideograph;
        }

        return Rune.GetUnicodeCategory(new Rune(code)) switch
        {
            UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
                or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter => CharacterKind.Letter,
            UnicodeCategory.DecimalDigitNumber => CharacterKind.Digit,
            UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark => CharacterKind.Mark,
            UnicodeCategory.Format => CharacterKind.Ignored,
            _ => CharacterKind.Separator,
        };
    }

    public static int Lower(int code) => code < 0x80 ? (code is >= 'A' and <= 'Z' ? code | 0x20 : code) : Rune.ToLowerInvariant(new Rune(code)).Value;

    public static int Upper(int code) => code < 0x80 ? (code is >= 'a' and <= 'z' ? code & ~0x20 : code) : Rune.ToUpperInvariant(new Rune(code)).Value;

    /// <summary>The blocks of the scripts that matter here; what is none of them is <see cref="Script.Other"/>.</summary>
    public static Script ScriptOf(int code) => code switch
    {
        < 0x300 or (>= 0x1E00 and <= 0x1EFF) or (>= 0xFF21 and <= 0xFF5A) => Script.Latin,
        (>= 0x370 and <= 0x3FF) or (>= 0x1F00 and <= 0x1FFF) => Script.Greek,
        >= 0x400 and <= 0x52F => Script.Cyrillic,
        >= 0x590 and <= 0x5FF => Script.Hebrew,
        (>= 0x600 and <= 0x6FF) or (>= 0x750 and <= 0x77F) or (>= 0x8A0 and <= 0x8FF) or (>= 0xFB50 and <= 0xFDFF) or (>= 0xFE70 and <= 0xFEFF) => Script.Arabic,
        >= 0x900 and <= 0x97F => Script.Devanagari,
        >= 0x980 and <= 0xDFF => Script.OtherIndic,
        (>= 0xE00 and <= 0xEFF) or (>= 0x1000 and <= 0x109F) or (>= 0x1780 and <= 0x17FF) => Script.SouthEastAsian,
        (>= 0x1100 and <= 0x11FF) or (>= 0x3130 and <= 0x318F) or (>= 0xAC00 and <= 0xD7AF) => Script.Hangul,
        (>= 0x3005 and <= 0x3007) or (>= 0x3040 and <= 0x30FF) or (>= 0x31F0 and <= 0x4DBF) or (>= 0x4E00 and <= 0x9FFF)
            or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x3FFFF) => Script.EastAsian,
        _ => Script.Other,
    };

    /// <summary>Scripts whose letters pass for each other inside one word.</summary>
    public static bool LookAlike(Script a, Script b) =>
        (a, b) is (Script.Latin, Script.Cyrillic or Script.Greek) or (Script.Cyrillic or Script.Greek, Script.Latin);

    public static QuoteMark QuoteOf(int code) => code switch
    {
        '"' or 0xFF02 => QuoteMark.Straight,
        0x201C or 0x201D or 0x201E or 0x201F => QuoteMark.Curly,
        0xAB or 0xBB => QuoteMark.Guillemet,
        >= 0x300C and <= 0x300F => QuoteMark.Corner,
        _ => QuoteMark.None,
    };
}
