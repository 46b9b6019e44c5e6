using System.Runtime.CompilerServices;
using Moderato.Classification.Folding;

namespace Moderato.Classification.Features;

/// <summary>
/// Reads a text into hashed features: the one path of training and of scoring. Linear in the text's length, no allocation
/// after the buffers have grown. Keeps scratch buffers: one instance a thread.
/// </summary>
public sealed class FeatureExtractor
{
    /// <summary>Raised whenever the same text gives other features: a model belongs to the features it was trained on.</summary>
    public const int Version = 3;

    private readonly RunFolder folder = new();
    private TextRun run = new();

    // Read one run late: vectors load what was stored a while ago, not what is still on its way.
    private TextRun before = new();
    private readonly FeatureWriter writer;
    private readonly SkeletonReader skeletons;

    public FeatureExtractor(FeatureFamilies families)
    {
        writer = new FeatureWriter(families);
        skeletons = new SkeletonReader(writer);
    }

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
        while (!text.IsEmpty)
        {
            text = folder.Load(text);
            ReadPart(ref sink);
        }

        End(ref sink);
    }

    internal void ReadUtf8<TSink>(ReadOnlySpan<byte> text, ref TSink sink)
        where TSink : struct, IFeatureSink, allows ref struct
    {
        Start();
        while (!text.IsEmpty)
        {
            text = folder.Load(text);
            ReadPart(ref sink);
        }

        End(ref sink);
    }

    private void Start()
    {
        folder.Start();
        run.Clear();
        before.Clear();
        writer.Start();
        skeletons.Start();
    }

    private void ReadPart<TSink>(ref TSink sink)
        where TSink : struct, IFeatureSink, allows ref struct
    {
        do
        {
            while (run.Length == 0 && folder.TryTake(out var plain))
            {
                EndRun(ref sink);
                writer.Run(plain);
                skeletons.Read(plain);
                if (writer.ShouldFlush)
                {
                    writer.Flush(ref sink);
                }
            }

            if (!folder.Fill(run))
            {
                break;
            }

            EndRun(ref sink);
            (run, before) = (before, run);
        }
        while (true);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void EndRun<TSink>(ref TSink sink)
        where TSink : struct, IFeatureSink, allows ref struct
    {
        if (before.Length > 0)
        {
            ReadRun(ref sink);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void ReadRun<TSink>(ref TSink sink)
        where TSink : struct, IFeatureSink, allows ref struct
    {
        writer.StartRun(before.Length, before.Capitals);
        RunReader.Read(before, writer);
        skeletons.Read(before);
        before.Clear();
        if (writer.ShouldFlush)
        {
            writer.Flush(ref sink);
        }
    }

    private void End<TSink>(ref TSink sink)
        where TSink : struct, IFeatureSink, allows ref struct
    {
        EndRun(ref sink);
        if (folder.Complete(run))
        {
            (run, before) = (before, run);
            EndRun(ref sink);
        }

        skeletons.EndSingles();
        writer.End(ref sink);
    }

    private readonly struct BufferSink(FeatureBuffer features) : IFeatureSink
    {
        public void Take(ReadOnlySpan<uint> symbols, ReadOnlySpan<uint> words) => features.Add(symbols, words);
    }
}
