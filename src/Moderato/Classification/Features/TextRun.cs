namespace Moderato.Classification.Features;

/// <summary>The folded code points between two spaces, with their kinds; longer runs are cut.</summary>
internal sealed class TextRun
{
    public const int Capacity = 128;

    private readonly uint[] codePoints = new uint[Capacity];
    private readonly CharKind[] kinds = new CharKind[Capacity];

    public int Length { get; private set; }

    /// <summary>Only letters so far: the run is one word.</summary>
    public bool IsWord { get; private set; } = true;

    public bool IsFull => Length == Capacity;

    public ReadOnlySpan<uint> CodePoints => codePoints.AsSpan(0, Length);

    public ReadOnlySpan<CharKind> Kinds => kinds.AsSpan(0, Length);

    public void Add(uint codePoint, CharKind kind)
    {
        codePoints[Length] = codePoint;
        kinds[Length] = kind;
        Length++;
        IsWord &= kind == CharKind.Letter;
    }

    public void Clear()
    {
        Length = 0;
        IsWord = true;
    }
}
