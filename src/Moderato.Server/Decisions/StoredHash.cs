using System.Buffers.Binary;

namespace Moderato.Server.Decisions;

/// <summary>A hash of 128 bits as both stores hold it: 16 bytes, big-endian.</summary>
internal static class StoredHash
{
    public static byte[] Bytes(UInt128 hash)
    {
        var bytes = new byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, hash);
        return bytes;
    }

    public static UInt128 Of(byte[] stored) => BinaryPrimitives.ReadUInt128BigEndian(stored);
}
