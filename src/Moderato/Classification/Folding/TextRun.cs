namespace Moderato.Classification.Folding;

/// <summary>The folded code points between two spaces, with their kinds; longer runs are cut at <see cref="Capacity"/>.</summary>
internal sealed class TextRun
{
    public const int Capacity = 128;

    /// <summary>What a run holds at most: a fold or a composition may lengthen it.</summary>
    public const int MostCodePoints = 4 * Capacity;

    /// <summary>Marks on one letter, and unseen characters in a row, beyond which more of them say nothing.</summary>
    private const int MostInARow = 16;

    private readonly uint[] codePoints = new uint[MostCodePoints];
    private readonly CharKind[] kinds = new CharKind[MostCodePoints];
    private int markedAt;
    private int marks;

    public int Length { get; private set; }

    /// <summary>Kinds seen so far, a bit each.</summary>
    public uint KindsSeen { get; private set; }

    /// <summary>It is one word, of letters only.</summary>
    public bool IsWord => KindsSeen == 1 << (int)CharKind.Letter;

    public bool IsFull => Length >= Capacity;

    /// <summary>It holds code points that may have to be composed or reordered.</summary>
    public bool HasCombining { get; private set; }

    /// <summary>Something in it has another look in the skeleton.</summary>
    public bool HasOtherLooks { get; private set; }

    /// <summary>Letters that were capitals.</summary>
    public int Capitals { get; private set; }

    public Span<uint> CodePoints => codePoints.AsSpan(0, Length);

    public Span<CharKind> Kinds => kinds.AsSpan(0, Length);

    public void Add(uint codePoint, CharKind kind)
    {
        codePoints[Length] = codePoint;
        kinds[Length] = kind;
        Length++;
        KindsSeen |= 1u << (int)kind;
    }

    /// <summary>Adds what looks otherwise than it is; of those that are not seen or are marks, only so many in a row.</summary>
    public void AddDisguised(uint codePoint, CharKind kind, SkeletonClass looks)
    {
        HasOtherLooks = true;
        if (looks is SkeletonClass.Unseen or SkeletonClass.Mark && !OneMore())
        {
            return;
        }

        Add(codePoint, kind);
        markedAt = Length;
    }

    public void AddCombining(uint codePoint, CharKind kind, SkeletonClass looks)
    {
        HasCombining = true;
        HasOtherLooks |= looks != SkeletonClass.None;
        if (OneMore())
        {
            Add(codePoint, kind);
            markedAt = Length;
        }
    }

    public void CountCapital() => Capitals++;

    public void Clear()
    {
        Length = 0;
        KindsSeen = 0;
        HasCombining = false;
        HasOtherLooks = false;
        Capitals = 0;
        markedAt = 0;
        marks = 0;
    }

    public void Replace(ReadOnlySpan<uint> by, FoldingTable table)
    {
        by.CopyTo(codePoints);
        Length = by.Length;
        for (int i = 0; i < by.Length; i++)
        {
            kinds[i] = table.KindOf(table.RecordOf(by[i]));
        }
    }

    private bool OneMore()
    {
        marks = markedAt == Length && Length > 0 ? marks + 1 : 1;
        return marks <= MostInARow;
    }
}
