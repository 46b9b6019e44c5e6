namespace Moderato.Classification.Folding;

/// <summary>What a code point does to the words around it.</summary>
internal enum CharKind : byte
{
    /// <summary>Ends a run.</summary>
    Space,

    /// <summary>Part of a word: letters, marks, and characters that cannot be seen.</summary>
    Letter,

    Digit,

    /// <summary>Part of a word between two letters only.</summary>
    Apostrophe,

    /// <summary>A word of its own: ideographs, kana, emoji.</summary>
    Alone,

    /// <summary>Punctuation and signs: not a word.</summary>
    Sign,
}
