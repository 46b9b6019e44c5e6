namespace Moderato.Classification.Features;

/// <summary>What made a word's skeleton another than the word.</summary>
[Flags]
internal enum Disguises
{
    None = 0,

    /// <summary>Characters that are not seen inside the word.</summary>
    Unseen = 1,

    /// <summary>Marks piled on letters.</summary>
    Marks = 2,

    /// <summary>Letters of other scripts, or of rare use, in place of Latin ones.</summary>
    Lookalikes = 4,

    /// <summary>Digits and signs in place of letters.</summary>
    Leet = 8,

    /// <summary>Letters hidden behind asterisks.</summary>
    Masks = 16,

    Stretched = 32,

    SplitUp = 64,
}
