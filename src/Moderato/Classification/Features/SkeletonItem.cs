namespace Moderato.Classification.Features;

internal enum SkeletonItemType : byte
{
    Letter,

    /// <summary>An ASCII digit; a letter in disguise where its neighbours say so.</summary>
    Digit,

    /// <summary>A sign that reads as a letter where its neighbours say so.</summary>
    Sign,

    /// <summary>A sign that hides a letter.</summary>
    Mask,

    /// <summary>A sign that splits a word up where the parts are short.</summary>
    Separator,

    /// <summary>Everything that ends a word in the skeleton too.</summary>
    Break,
}

/// <summary>One code point of a run as the skeleton sees it.</summary>
/// <param name="Letter">The letter it is or may stand for.</param>
/// <param name="By">Why it is another than in the plain view.</param>
/// <param name="Changed">It is another than in the plain view.</param>
internal readonly record struct SkeletonItem(uint Letter, SkeletonItemType Type, Disguises By, bool Changed);
