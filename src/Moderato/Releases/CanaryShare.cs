using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Moderato.Releases;

/// <summary>
/// Which authors a canary decides: the same on every node and for as long as it runs, and those of a smaller share are among those
/// of a larger one. Another canary takes others, so that nobody is tried everything on.
/// </summary>
/// <param name="Release">The canary's id.</param>
/// <param name="Percent">Of the authors, in [0,100].</param>
public sealed record CanaryShare(string Release, double Percent)
{
    /// <summary>Shares are kept to a hundredth of a percent.</summary>
    private const int Parts = 10_000;

    /// <param name="author">The author's hash; null where the content has none: then its id stands for it.</param>
    public bool Takes(long? author, string contentId)
    {
        Span<byte> text = stackalloc byte[SHA256.HashSizeInBytes];
        Span<byte> who = stackalloc byte[SHA256.HashSizeInBytes + sizeof(long)];
        SHA256.HashData(Encoding.UTF8.GetBytes(Release), who);
        if (author is null)
        {
            SHA256.HashData(Encoding.UTF8.GetBytes(contentId), text);
        }

        BinaryPrimitives.WriteInt64BigEndian(who[SHA256.HashSizeInBytes..], author ?? BinaryPrimitives.ReadInt64BigEndian(text));
        SHA256.HashData(who, text);
        return BinaryPrimitives.ReadUInt64BigEndian(text) % Parts < Percent * (Parts / 100);
    }
}
