namespace Moderato.Classification.Folding;

/// <summary>By which right a code point has another look in the skeleton.</summary>
internal enum SkeletonClass : byte
{
    /// <summary>It looks like itself.</summary>
    None,

    /// <summary>A letter of everyday spelling that is often written without its accent: é, ø, ß. No disguise.</summary>
    Accent,

    /// <summary>A sign or a letter of rare use that reads as a Latin letter: ᴀ, ǝ, 🅰, €.</summary>
    Variant,

    /// <summary>A letter of another script that passes for a Latin one among Latin letters: т, н, α.</summary>
    Lookalike,

    /// <summary>The same, to be told from the Latin letter by nobody: а, с, е.</summary>
    StrictLookalike,

    /// <summary>Not seen: zero-width characters, variation selectors, direction marks, fillers.</summary>
    Unseen,

    /// <summary>A mark of no script of its own, over or under a letter.</summary>
    Mark,
}
