namespace Moderato.Classification.Folding;

/// <summary>Reads the numbers of a packed table: seven bits a byte, lowest first, the high bit says that more follow.</summary>
internal ref struct Leb128(ReadOnlySpan<byte> packed)
{
    private readonly ReadOnlySpan<byte> packed = packed;
    private int at;

    public ulong Number()
    {
        ulong number = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte next = packed[at++];
            number |= (ulong)(next & 127) << shift;
            if (next < 128)
            {
                return number;
            }
        }
    }

    public int Int() => (int)Number();

    public T[] Array<T>(int count, Func<int, T> of)
    {
        var values = new T[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = of(Int());
        }

        return values;
    }
}
