using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Moderato.Investigation.Patterns;

namespace Moderato.Decisions;

/// <summary>What tells contents apart without their text.</summary>
/// <param name="Exact">The first 128 bits of SHA-256 over text and context: a collision takes 2^64 trials, so that a person's verdict on one text binds no other.</param>
/// <param name="Cluster">
/// The hash of the folded text (case, digits, links, mentions, spacing and punctuation): the same for one text posted again
/// with small changes, on every node and without an index. Texts that differ in words meet only in the analyses.
/// </param>
public readonly record struct ContentFingerprint(UInt128 Exact, long Cluster)
{
    private static readonly ThreadLocal<FoldedText> Folded = new(() => new FoldedText());

    public static ContentFingerprint Of(string text, ContentContext? context = null)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        if (context is null or { IsEmpty: true })
        {
            SHA256.HashData(utf8, hash);
        }
        else
        {
            SHA256.HashData(WithContext(text, context), hash);
        }

        return new(BinaryPrimitives.ReadUInt128BigEndian(hash), unchecked((long)Folded.Value!.Fold(utf8)));
    }

    /// <summary>Each part with its length before it, so that no part can pass for another.</summary>
    private static byte[] WithContext(string text, ContentContext context)
    {
        using var bytes = new MemoryStream();
        using (var writer = new BinaryWriter(bytes, Encoding.UTF8))
        {
            writer.Write(text);
            writer.Write(context.Parent ?? "");
            writer.Write(context.Thread ?? "");
            writer.Write(context.Title ?? "");
        }

        return bytes.ToArray();
    }
}
