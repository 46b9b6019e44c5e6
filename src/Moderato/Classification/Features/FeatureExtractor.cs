using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace Moderato.Classification.Features;

/// <summary>
/// Reads a text into hashed features: the one path of training and of scoring. Linear in the text's length, no allocation
/// after the buffers have grown. Keeps scratch buffers: one instance a thread.
/// </summary>
public sealed class FeatureExtractor(FeatureFamilies families)
{
    /// <summary>Raised whenever the same text gives other features: a model belongs to the features it was trained on.</summary>
    public const int Version = 1;

    private readonly char[] decoded = new char[4096];
    private readonly TextRun run = new();
    private readonly FeatureWriter writer = new(families);

    /// <summary>Replaces what the buffer held by the features of the text. A lone surrogate counts as U+FFFD.</summary>
    public void Extract(ReadOnlySpan<char> text, FeatureBuffer features)
    {
        features.Clear();
        var sink = new BufferSink(features);
        Read(text, ref sink);
    }

    /// <summary>The same from UTF-8; each part that is not UTF-8 counts as U+FFFD.</summary>
    public void ExtractUtf8(ReadOnlySpan<byte> text, FeatureBuffer features)
    {
        features.Clear();
        var sink = new BufferSink(features);
        ReadUtf8(text, ref sink);
    }

    internal void Read<TSink>(ReadOnlySpan<char> text, ref TSink sink)
        where TSink : struct, IFeatureSink, allows ref struct
    {
        Start();
        Feed(text, ref sink);
        End(ref sink);
    }

    internal void ReadUtf8<TSink>(ReadOnlySpan<byte> text, ref TSink sink)
        where TSink : struct, IFeatureSink, allows ref struct
    {
        Start();
        while (!text.IsEmpty)
        {
            Utf8.ToUtf16(text, decoded, out int read, out int written, replaceInvalidSequences: true, isFinalBlock: true);
            Feed(decoded.AsSpan(0, written), ref sink);
            text = text[read..];
        }

        End(ref sink);
    }

    private void Start()
    {
        run.Clear();
        writer.Start();
    }

    private void End<TSink>(ref TSink sink)
        where TSink : struct, IFeatureSink, allows ref struct
    {
        EndRun(ref sink);
        writer.End();
        sink.Take(writer.Pending);
    }

    private void Feed<TSink>(ReadOnlySpan<char> text, ref TSink sink)
        where TSink : struct, IFeatureSink, allows ref struct
    {
        while (!text.IsEmpty)
        {
            Rune.DecodeFromUtf16(text, out var rune, out int used);
            text = text[used..];
            rune = Rune.ToLowerInvariant(rune);
            var kind = KindOf(rune);
            if (kind == CharKind.Space)
            {
                EndRun(ref sink);
                continue;
            }

            run.Add(kind == CharKind.Apostrophe ? '\'' : (uint)rune.Value, kind);
            if (run.IsFull)
            {
                EndRun(ref sink);
            }
        }
    }

    private void EndRun<TSink>(ref TSink sink)
        where TSink : struct, IFeatureSink, allows ref struct
    {
        if (run.Length > 0)
        {
            RunReader.Read(run, writer);
            run.Clear();
        }

        if (writer.ShouldFlush)
        {
            sink.Take(writer.Pending);
            writer.Flushed();
        }
    }

    private static CharKind KindOf(Rune rune) => rune.Value switch
    {
        '\'' or 0x2019 => CharKind.Apostrophe,
        (>= 0x3040 and <= 0x30FF) or (>= 0x3400 and <= 0x9FFF) or (>= 0x20000 and <= 0x3FFFF) => CharKind.Alone,
        _ => Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.Control => CharKind.Space,
            UnicodeCategory.DecimalDigitNumber => CharKind.Digit,
            UnicodeCategory.OtherSymbol => CharKind.Alone,
            < UnicodeCategory.SpaceSeparator or UnicodeCategory.Format => CharKind.Letter,
            UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse => CharKind.Letter,
            _ => rune.Value >= 0x1F000 ? CharKind.Alone : CharKind.Sign,
        },
    };

    private readonly struct BufferSink(FeatureBuffer features) : IFeatureSink
    {
        public void Take(ReadOnlySpan<uint> hashes) => features.Add(hashes);
    }
}
