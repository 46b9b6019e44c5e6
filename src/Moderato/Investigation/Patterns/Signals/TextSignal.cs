namespace Moderato.Investigation.Patterns.Signals;

/// <summary>
/// What a text shows on its surface that often goes with a benign use of a violating word, or that models stumble over.
/// Each is a pattern that prefers missing a text to naming it wrongly; <c>docs/methods/signals.md</c> says what each looks for and how often it was right.
/// </summary>
[Flags]
public enum TextSignal : uint
{
    None = 0,

    /// <summary>Three words or more inside quotation marks, a line that begins with ">", or words like "called me a".</summary>
    Quotation = 1 << 0,

    Negation = 1 << 1,
    Question = 1 << 2,
    NewsRegister = 1 << 3,
    MedicalRegister = 1 << 4,
    GamingRegister = 1 << 5,
    FictionRegister = 1 << 6,

    /// <summary>A marker that people put on sarcasm ("/s", "sure jan"). Most sarcasm carries none.</summary>
    SarcasmCue = 1 << 7,

    /// <summary>The author speaks as a member of the group: "as a gay man", "we queers".</summary>
    ReclaimedUseCue = 1 << 8,

    /// <summary>Speaks against hate or against a word: "that's racist", "don't call".</summary>
    CounterSpeechCue = 1 << 9,

    /// <summary>Spellings of African American, Scots and Caribbean English: "finna", "cannae", "gwaan".</summary>
    DialectSpelling = 1 << 10,

    /// <summary>Function words of two languages of the Latin script in one text.</summary>
    CodeSwitching = 1 << 11,

    /// <summary>Words of two scripts in one text, or Latin and Cyrillic or Greek letters in one word.</summary>
    MixedScript = 1 << 12,

    Emoji = 1 << 13,
    AllCaps = 1 << 14,
    Url = 1 << 15,
    Mention = 1 << 16,

    /// <summary>One letter three times or more: "nooo".</summary>
    StretchedLetters = 1 << 17,

    /// <summary>A star or dollar sign for a letter: "f*ck".</summary>
    MaskedLetters = 1 << 18,
}
