namespace Moderato.Cli.Input;

/// <summary>
/// Remembers ids by a 64-bit hash, 8 to 16 bytes each: among ten million different ids the chance that any two
/// are taken for one is 3 in a million.
/// </summary>
internal sealed class IdSet
{
    private ulong[] slots = new ulong[1024];
    private int count;

    /// <returns>False when it was there before.</returns>
    public bool Add(ulong hash)
    {
        // 0 marks a free slot.
        hash = hash == 0 ? 1 : hash;
        int slot = Find(slots, hash);
        if (slots[slot] == hash)
        {
            return false;
        }

        slots[slot] = hash;
        if (++count > slots.Length / 8 * 5)
        {
            var wider = new ulong[slots.Length * 2];
            foreach (ulong kept in slots)
            {
                if (kept != 0)
                {
                    wider[Find(wider, kept)] = kept;
                }
            }

            slots = wider;
        }

        return true;
    }

    public void Clear() => (slots, count) = (new ulong[1024], 0);

    private static int Find(ulong[] slots, ulong hash)
    {
        int slot = (int)(hash >> 20) & (slots.Length - 1);
        while (slots[slot] != 0 && slots[slot] != hash)
        {
            slot = (slot + 1) & (slots.Length - 1);
        }

        return slot;
    }
}
