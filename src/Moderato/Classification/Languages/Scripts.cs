namespace Moderato.Classification.Languages;

/// <summary>The writing systems that one language of ours uses alone, so that seeing them is knowing the language; and all others.</summary>
internal enum Script
{
    /// <summary>Used by several languages: their n-grams have to tell.</summary>
    Shared,
    Han,
    Kana,
    Hangul,
    Thai,
    Greek,
    Hebrew,
    Georgian,
    Armenian,
    Bengali,
    Gurmukhi,
    Gujarati,
    Oriya,
    Tamil,
    Telugu,
    Kannada,
    Malayalam,
    Sinhala,
    Lao,
    Myanmar,
    Ethiopic,
    Khmer,
}

internal static class Scripts
{
    /// <summary>The language of each script, in the order of <see cref="Script"/>.</summary>
    private static readonly string[] Languages =
        ["", "zh", "ja", "ko", "th", "el", "he", "ka", "hy", "bn", "pa", "gu", "or", "ta", "te", "kn", "ml", "si", "lo", "my", "am", "km"];

    public static int Count => Languages.Length;

    public static string Language(Script script) => Languages[(int)script];

    /// <summary>By Unicode block, which is enough for letters.</summary>
    public static Script Of(int codePoint) => codePoint switch
    {
        < 0x370 => Script.Shared,
        < 0x400 => Script.Greek,
        < 0x530 => Script.Shared,
        < 0x590 => Script.Armenian,
        < 0x600 => Script.Hebrew,
        < 0x980 => Script.Shared,
        < 0xA00 => Script.Bengali,
        < 0xA80 => Script.Gurmukhi,
        < 0xB00 => Script.Gujarati,
        < 0xB80 => Script.Oriya,
        < 0xC00 => Script.Tamil,
        < 0xC80 => Script.Telugu,
        < 0xD00 => Script.Kannada,
        < 0xD80 => Script.Malayalam,
        < 0xE00 => Script.Sinhala,
        < 0xE80 => Script.Thai,
        < 0xF00 => Script.Lao,
        < 0x1000 => Script.Shared,
        < 0x10A0 => Script.Myanmar,
        < 0x1100 => Script.Georgian,
        < 0x1200 => Script.Hangul,
        < 0x13A0 => Script.Ethiopic,
        >= 0x1780 and < 0x1800 => Script.Khmer,
        >= 0x1F00 and < 0x2000 => Script.Greek,
        (>= 0x3040 and < 0x3100) or (>= 0xFF66 and < 0xFFA0) => Script.Kana,
        (>= 0x3130 and < 0x3190) or (>= 0xAC00 and < 0xD7B0) => Script.Hangul,
        (>= 0x3400 and < 0xA000) or (>= 0xF900 and < 0xFB00) or (>= 0x20000 and < 0x40000) => Script.Han,
        _ => Script.Shared,
    };
}
