using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Moderato.Classification;

/// <summary>A model's weights where they are read: a line of eight rows begins where a cache line does.</summary>
internal sealed class NgramTable
{
    private const int LineBytes = 64;

    // Pinned: what is aligned stays so.
    private readonly sbyte[] memory;
    private readonly int offset;

    public unsafe NgramTable(sbyte[] weights)
    {
        memory = GC.AllocateUninitializedArray<sbyte>(weights.Length + LineBytes, pinned: true);
        offset = (int)(-(nint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(memory)) & (LineBytes - 1));
        weights.CopyTo(memory, offset);
    }

    public unsafe byte* First => (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(memory)) + offset;
}
