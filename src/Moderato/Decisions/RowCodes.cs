using System.Collections;
using System.Runtime.CompilerServices;

namespace Moderato.Decisions;

/// <summary>
/// A code a row, −1 where there is none, as narrow as the greatest code allows: one byte up to 254 values, two up to 65,534, else four.
/// Ten million rows of a dozen columns are 120 MB instead of 480.
/// </summary>
[CollectionBuilder(typeof(RowCodes), nameof(Create))]
public sealed class RowCodes : IReadOnlyList<int>
{
    private const int MostInByte = byte.MaxValue - 1;
    private const int MostInShort = ushort.MaxValue - 1;

    // Narrow codes are kept one up, so that 0 stands for none.
    private readonly byte[]? bytes;
    private readonly ushort[]? shorts;
    private readonly int[] ints = [];

    private RowCodes(byte[] bytes) => (this.bytes, Length) = (bytes, bytes.Length);

    private RowCodes(ushort[] shorts) => (this.shorts, Length) = (shorts, shorts.Length);

    private RowCodes(int[] ints) => (this.ints, Length) = (ints, ints.Length);

    public int Length { get; }

    int IReadOnlyCollection<int>.Count => Length;

    public int this[int row] => bytes is not null ? bytes[row] - 1 : shorts is not null ? shorts[row] - 1 : ints[row];

    /// <summary>Codes that are not too many for four bytes a row are copied; others are held as they are.</summary>
    public static implicit operator RowCodes(int[] codes) => From(codes);

    public static RowCodes Create(ReadOnlySpan<int> codes) => From(codes.ToArray());

    public static RowCodes From(int[] codes)
    {
        int most = -1;
        foreach (int code in codes)
        {
            most = Math.Max(most, code);
        }

        return most >= MostInShort ? new(codes) : Build(codes.Length, most + 1, row => codes[row]);
    }

    /// <summary>A code for each of so many rows.</summary>
    /// <param name="values">All codes are below it.</param>
    public static RowCodes Build(int rows, int values, Func<int, int> codeOf)
    {
        if (values <= MostInByte)
        {
            var narrow = new byte[rows];
            for (int row = 0; row < rows; row++)
            {
                narrow[row] = (byte)(codeOf(row) + 1);
            }

            return new(narrow);
        }

        if (values <= MostInShort)
        {
            var narrow = new ushort[rows];
            for (int row = 0; row < rows; row++)
            {
                narrow[row] = (ushort)(codeOf(row) + 1);
            }

            return new(narrow);
        }

        var wide = new int[rows];
        for (int row = 0; row < rows; row++)
        {
            wide[row] = codeOf(row);
        }

        return new(wide);
    }

    public RowCodes Select(int[] rows) => bytes is not null ? new(Array.ConvertAll(rows, row => bytes[row]))
        : shorts is not null ? new(Array.ConvertAll(rows, row => shorts[row]))
        : new(Array.ConvertAll(rows, row => ints[row]));

    public bool Contains(int code)
    {
        for (int row = 0; row < Length; row++)
        {
            if (this[row] == code)
            {
                return true;
            }
        }

        return false;
    }

    public Enumerator GetEnumerator() => new(this);

    IEnumerator<int> IEnumerable<int>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public struct Enumerator(RowCodes codes) : IEnumerator<int>
    {
        private int row = -1;

        public readonly int Current => codes[row];

        readonly object IEnumerator.Current => Current;

        public bool MoveNext() => ++row < codes.Length;

        public void Reset() => row = -1;

        public readonly void Dispose()
        {
        }
    }

    /// <summary>Takes codes as they come and widens when one does not fit.</summary>
    public sealed class Builder
    {
        private Growing<byte>? bytes = new();
        private Growing<ushort>? shorts;
        private Growing<int>? ints;

        public void Add(int code, int times = 1)
        {
            if (bytes is not null && code >= MostInByte)
            {
                shorts = Widened(bytes, value => (ushort)value);
                bytes = null;
            }

            if (shorts is not null && code >= MostInShort)
            {
                ints = Widened(shorts, value => value - 1);
                shorts = null;
            }

            bytes?.Add((byte)(code + 1), times);
            shorts?.Add((ushort)(code + 1), times);
            ints?.Add(code, times);
        }

        public RowCodes Build() => bytes is not null ? new(bytes.Build()) : shorts is not null ? new(shorts.Build()) : new(ints!.Build());

        private static Growing<TWide> Widened<TNarrow, TWide>(Growing<TNarrow> narrow, Func<TNarrow, TWide> widen)
        {
            var wide = new Growing<TWide>();
            foreach (var value in narrow.Build())
            {
                wide.Add(widen(value));
            }

            return wide;
        }
    }
}
