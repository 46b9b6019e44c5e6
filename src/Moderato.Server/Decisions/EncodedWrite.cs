using System.Text;
using System.Text.Json;
using Moderato.Decisions;
using Moderato.Server.Hosting;

namespace Moderato.Server.Decisions;

/// <summary>A write with its bytes made by the thread of its request, so that the one thread that commits only hands them on.</summary>
/// <param name="Scores"><see cref="PackedScores"/>.</param>
/// <param name="Exact">The exact fingerprint, big-endian.</param>
/// <param name="Text">UTF-8, and bytes in the store too: a text may hold U+0000, which PostgreSQL's own text type refuses. Null where it is not kept.</param>
/// <param name="Context">JSON; null where there is none.</param>
public sealed record EncodedWrite(DecisionWrite Write, byte[] Scores, byte[] Exact, byte[]? Text, byte[]? Context)
{
    public static EncodedWrite Of(DecisionWrite write)
    {
        return new(
            write,
            PackedScores.Pack(write.Decision.Scores),
            StoredHash.Bytes(write.Decision.Fingerprint.Exact),
            write.Content is { } content ? Encoding.UTF8.GetBytes(content.Text) : null,
            write.Content is { Context: { IsEmpty: false } context } ? JsonSerializer.SerializeToUtf8Bytes(context, ServerJson.Default.ContentContext) : null);
    }

    /// <summary>The same, with the sequence that the log gives it.</summary>
    public EncodedWrite Numbered(long sequence) => this with { Write = Write with { Decision = Write.Decision with { Sequence = sequence } } };
}
