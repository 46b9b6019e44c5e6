using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Moderato.Classification.Features;

namespace Moderato.Classification;

/// <summary>
/// The embedded tier. Sums a row of int8 weights for each feature in integers, so that a text's logits are the same bits
/// on every machine and thread, whatever is scored beside it. Thread-safe; no allocation per text after warm-up.
/// </summary>
public sealed class NgramClassifier(NgramModel model)
{
    private readonly ThreadLocal<FeatureExtractor> extractors = new(() => new FeatureExtractor(model.Families));
    private readonly sbyte[] weights = model.Checked().Weights;
    private readonly NgramHead.Function head = model.Head.Compile();

    public NgramModel Model => model;

    /// <summary>The logit of each of the model's categories, in their order. Any text has one; that of an empty text says what the model thinks of nothing.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Logits(ReadOnlySpan<char> text, Span<double> logits)
    {
        var sums = new RowSums(weights);
        extractors.Value!.Read(text, ref sums);
        Head(ref sums, logits);
    }

    /// <summary>The same for text that is UTF-8; each part that is not UTF-8 counts as U+FFFD.</summary>
    public void LogitsUtf8(ReadOnlySpan<byte> text, Span<double> logits)
    {
        var sums = new RowSums(weights);
        extractors.Value!.ReadUtf8(text, ref sums);
        Head(ref sums, logits);
    }

    /// <summary>The same from features that were extracted before.</summary>
    public void Logits(FeatureBuffer features, Span<double> logits) => Logits(features.Hashes, logits);

    /// <summary>The same from the hashes of such features.</summary>
    public void Logits(ReadOnlySpan<uint> hashes, Span<double> logits)
    {
        var sums = new RowSums(weights);
        sums.Take(hashes);
        Head(ref sums, logits);
    }

    private void Head(ref RowSums sums, Span<double> logits)
    {
        // √n and not n: a text of many features, each a little suspicious, is more suspicious than one of them.
        double norm = 1 / Math.Sqrt(Math.Max(sums.Count, 1));
        Span<double> lanes = stackalloc double[NgramModel.Lanes];
        for (int l = 0; l < lanes.Length; l++)
        {
            lanes[l] = sums.Totals[l] * norm * model.Scales[l];
        }

        head.Apply(lanes, logits);
    }

    [InlineArray(NgramModel.Lanes)]
    private struct LaneTotals
    {
        private long first;
    }

    private ref struct RowSums(sbyte[] weights) : IFeatureSink
    {
        /// <summary>256 weights of at most 128 in absolute value fit into 16 bits.</summary>
        private const int RowsPerBlock = 255;

        private readonly ref sbyte table = ref MemoryMarshal.GetArrayDataReference(weights);
        private readonly int rows = weights.Length / NgramModel.Lanes;

        public LaneTotals Totals;

        public long Count;

        /// <summary>A row is a cache miss; all misses of a run are under way while the next run is read.</summary>
        [MethodImpl(MethodImplOptions.NoInlining)]
        public readonly unsafe void Expect(ReadOnlySpan<uint> hashes)
        {
            if (Sse.IsSupported)
            {
                foreach (uint hash in hashes)
                {
                    Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.Add(ref table, RowAt(hash))));
                }
            }
        }

        [MethodImpl(MethodImplOptions.NoInlining)]
        public void Take(ReadOnlySpan<uint> hashes)
        {
            Count += hashes.Length;
            while (!hashes.IsEmpty)
            {
                var block = hashes[..Math.Min(hashes.Length, RowsPerBlock)];
                hashes = hashes[block.Length..];
                var even = Vector128<short>.Zero;
                var odd = Vector128<short>.Zero;
                int i = 0;
                for (; i + 1 < block.Length; i += 2)
                {
                    even += Row(block[i]);
                    odd += Row(block[i + 1]);
                }

                if (i < block.Length)
                {
                    even += Row(block[i]);
                }

                even += odd;
                for (int l = 0; l < NgramModel.Lanes; l++)
                {
                    Totals[l] += even[l];
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private readonly Vector128<short> Row(uint hash)
        {
            ulong row = Unsafe.ReadUnaligned<ulong>(ref Unsafe.As<sbyte, byte>(ref Unsafe.Add(ref table, RowAt(hash))));
            return Vector128.WidenLower(Vector128.CreateScalarUnsafe(row).AsSByte());
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private readonly nint RowAt(uint hash) => (nint)FeatureBuffer.RowOf(hash, rows) * NgramModel.Lanes;
    }
}
