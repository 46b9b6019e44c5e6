namespace Moderato.Decisions;

/// <summary>A column that is being read: grows in blocks, so that ten million values are never copied to make room for one more.</summary>
public sealed class Growing<T>
{
    private const int BlockLength = 1 << 16;
    private const int LargeBlocks = 32;
    private readonly List<T[]> blocks = [];
    private int free;

    public int Count => (blocks.Count * BlockLength) - free;

    public void Add(T value)
    {
        if (free == 0)
        {
            blocks.Add(new T[BlockLength]);
            free = BlockLength;
        }

        blocks[^1][BlockLength - free] = value;
        free--;
    }

    public void Add(T value, int times)
    {
        for (int i = 0; i < times; i++)
        {
            Add(value);
        }
    }

    /// <summary>All values in order. The blocks are given up: this is the end of the reading.</summary>
    public T[] Build()
    {
        var values = new T[Count];
        for (int at = 0, block = 0; at < values.Length; at += BlockLength, block++)
        {
            blocks[block].AsSpan(0, Math.Min(BlockLength, values.Length - at)).CopyTo(values.AsSpan(at));
            blocks[block] = [];
        }

        bool large = blocks.Count > LargeBlocks;
        blocks.Clear();
        free = 0;
        if (large)
        {
            // Twenty columns of ten million rows are built one after another: unless the blocks of each go at once,
            // all of them lie beside what was built of them. The heap is a few large arrays, so looking takes milliseconds.
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: false);
        }

        return values;
    }
}
