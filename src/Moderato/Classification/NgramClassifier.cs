using System.Runtime.CompilerServices;
using Moderato.Classification.Features;

namespace Moderato.Classification;

/// <summary>
/// The embedded tier. Sums a row of int8 weights for each feature in integers, so that a text's logits are the same bits
/// on every machine and thread, whatever is scored beside it. Thread-safe; no allocation per text after warm-up.
/// </summary>
public sealed class NgramClassifier(NgramModel model)
{
    private readonly ThreadLocal<Reading> readings = new(() => new(new FeatureExtractor(model.Families), new RowBatch(model.Rows)));
    private readonly NgramTable table = new(model.Checked().Weights);
    private readonly NgramHead.Function head = model.Head.Compile();

    public NgramModel Model => model;

    /// <summary>The logit of each of the model's categories, in their order. Any text has one; that of an empty text says what the model thinks of nothing.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Logits(ReadOnlySpan<char> text, Span<double> logits)
    {
        var (extractor, batch) = readings.Value!;
        var sums = new RowSums(table, batch);
        extractor.Read(text, ref sums);
        Head(ref sums, logits);
    }

    /// <summary>The same for text that is UTF-8; each part that is not UTF-8 counts as U+FFFD.</summary>
    public void LogitsUtf8(ReadOnlySpan<byte> text, Span<double> logits)
    {
        var (extractor, batch) = readings.Value!;
        var sums = new RowSums(table, batch);
        extractor.ReadUtf8(text, ref sums);
        Head(ref sums, logits);
    }

    /// <summary>The same from the rows of features that were extracted before for a table of this size.</summary>
    public void Logits(ReadOnlySpan<int> rows, Span<double> logits)
    {
        var sums = new RowSums(table, readings.Value!.Batch);
        sums.Take(rows);
        Head(ref sums, logits);
    }

    private void Head(ref RowSums sums, Span<double> logits)
    {
        sums.End();

        // √n and not n: a text of many features, each a little suspicious, is more suspicious than one of them.
        double norm = 1 / Math.Sqrt(Math.Max(sums.Count, 1));
        Span<double> lanes = stackalloc double[NgramModel.Lanes];
        for (int l = 0; l < lanes.Length; l++)
        {
            lanes[l] = sums.Totals[l] * norm * model.Scales[l];
        }

        head.Apply(lanes, logits);
    }

    private sealed record Reading(FeatureExtractor Extractor, RowBatch Batch);
}
