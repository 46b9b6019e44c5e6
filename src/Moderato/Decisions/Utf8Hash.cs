using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Moderato.Decisions;

/// <summary>
/// A 64-bit hash of a byte string for tables held in memory: two multiplications for 16 bytes, the same on every
/// machine and in every run. Not for anything that an adversary must not be able to collide.
/// </summary>
public static class Utf8Hash
{
    public static ulong Of(ReadOnlySpan<byte> bytes, ulong seed = 0)
    {
        // The seed is spread over all bits first: merely xored, it would cancel against the first bytes.
        ulong state = Mix(seed ^ 0x9E3779B97F4A7C15, (ulong)bytes.Length ^ 0xD6E8FEB86659FD93);
        while (bytes.Length >= 8)
        {
            state = Mix(state ^ BinaryPrimitives.ReadUInt64LittleEndian(bytes), 0xA0761D6478BD642F);
            bytes = bytes[8..];
        }

        ulong rest = 0;
        bytes.CopyTo(MemoryMarshal.AsBytes(new Span<ulong>(ref rest)));
        return Mix(Mix(state ^ rest, 0xE7037ED1A0B428DB), 0x8EBC6AF09C88C6E3);
    }

    /// <summary>High and low half of the 128-bit product, folded (Wang Yi's wyhash).</summary>
    private static ulong Mix(ulong a, ulong b)
    {
        ulong high = Math.BigMul(a, b, out ulong low);
        return high ^ low;
    }
}
