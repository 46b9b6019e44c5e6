using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Moderato.Classification.Features;

/// <summary>
/// The rows of the character 3-, 4- and 5-grams that begin at sixteen places of <see cref="GramSymbols"/>, boundaries of words
/// included; 0 where none begins, because it would reach over a boundary, or is a whole word and says what the word says.
/// </summary>
internal readonly ref struct GramRows
{
    public const int Places = 16;

    /// <summary>Symbols that the n-grams of a place take after it.</summary>
    public const int Reach = 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public GramRows(ref uint symbols, TableLayout layout)
    {
        var first = Vector512.LoadUnsafe(ref symbols);
        var second = Vector512.LoadUnsafe(ref symbols, 1);
        var third = Vector512.LoadUnsafe(ref symbols, 2);
        var fourth = Vector512.LoadUnsafe(ref symbols, 3);
        var fifth = Vector512.LoadUnsafe(ref symbols, 4);
        var three = (first * Hashing.Spread2) + (second * Hashing.Spread1) + (third * Hashing.Spread);
        var four = (three * Hashing.Base) + (fourth * Hashing.Spread);
        var five = (four * Hashing.Base) + (fifth * Hashing.Spread);

        var starts = IsBoundary(first);
        var reachesOver = IsBoundary(second);
        var none3 = reachesOver | (starts & IsBoundary(third));
        reachesOver |= IsBoundary(third);
        var none4 = reachesOver | (starts & IsBoundary(fourth));
        reachesOver |= IsBoundary(fourth);
        var none5 = reachesOver | (starts & IsBoundary(fifth));

        var fours = layout.OfFours(four);
        Threes = Vector512.AndNot(layout.OfThrees(three), none3);
        Fours = Vector512.AndNot(fours, none4);
        Fives = Vector512.AndNot(TableLayout.OfFives(fours, five), none5);
    }

    public Vector512<uint> Threes { get; }

    public Vector512<uint> Fours { get; }

    public Vector512<uint> Fives { get; }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> IsBoundary(Vector512<uint> symbols) => Vector512.Equals(symbols, Vector512.Create(Hashing.Boundary));
}
