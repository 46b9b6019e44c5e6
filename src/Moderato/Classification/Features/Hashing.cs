namespace Moderato.Classification.Features;

/// <summary>
/// The one hash: a polynomial over the code points modulo 2³², h(c₁…cₙ) = Σ cᵢ·K·Bⁿ⁻ⁱ, so that those of
/// several n-grams are computed side by side. Rows are taken from its high bits, which the factor K fills.
/// </summary>
internal static class Hashing
{
    /// <summary>2³²/φ, odd: spreads small code points over the high bits.</summary>
    public const uint Spread = 0x9E3779B1;

    /// <summary>Odd, and ≡ 5 (mod 8), so that its powers run through a quarter of all residues.</summary>
    public const uint Base = 0x2C9277B5;

    public const uint Spread1 = unchecked(Spread * Base);
    public const uint Spread2 = unchecked(Spread1 * Base);

    /// <summary>Stands before and after each word; no text contains it.</summary>
    public const uint Boundary = 0x110000;

    public static uint Power(int exponent)
    {
        uint power = 1;
        for (int i = 0; i < exponent; i++)
        {
            power = unchecked(power * Base);
        }

        return power;
    }

    public static uint Append(uint hash, uint codePoint) => unchecked((hash * Base) + (codePoint * Spread));

    /// <summary>Sends a hash to another family of features (words, pairs, scopes), unrelated to those of character n-grams.</summary>
    public static uint Salted(uint hash, uint salt)
    {
        uint mixed = unchecked((hash ^ salt) * 0x85EBCA6B);
        mixed ^= mixed >> 15;
        return unchecked(mixed * 0xC2B2AE35);
    }

    public static uint OfWord(string folded)
    {
        uint hash = 0;
        foreach (var rune in folded.EnumerateRunes())
        {
            hash = Append(hash, (uint)rune.Value);
        }

        return hash;
    }

    public static uint Pair(uint first, uint second, uint salt) => Salted(unchecked((first * Base) + second), salt);
}
