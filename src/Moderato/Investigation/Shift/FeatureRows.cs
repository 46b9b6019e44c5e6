using Moderato.Classification.Features;
using Moderato.Decisions;

namespace Moderato.Investigation.Shift;

/// <summary>The hashed features of many texts in one run of memory: of whole texts words, pairs of words, and character 3–5-grams.</summary>
internal sealed class FeatureRows
{
    /// <summary>All features together: 64 MB.</summary>
    private const long MostFeatures = 16_000_000;

    private const int FeaturesAByte = 4;
    private const int LeastBytes = 200;
    private const int MostBytes = 1_000;

    private readonly int[] features;
    private readonly int[] ends;

    private FeatureRows(int[] features, int[] ends) => (this.features, this.ends) = (features, ends);

    public int Count => ends.Length;

    public ReadOnlySpan<int> this[int text] => features.AsSpan(text == 0 ? 0 : ends[text - 1], ends[text] - (text == 0 ? 0 : ends[text - 1]));

    public static FeatureRows Of(PackedStrings texts, ReadOnlySpan<int> rows)
    {
        var reader = new Reader(BytesRead(rows.Length));
        var builder = new Builder();
        foreach (int row in rows)
        {
            builder.Add(reader.Read(texts.Utf8(row)));
        }

        return builder.Build();
    }

    /// <summary>How much of each text's beginning is read, so that many texts fit: a shift shows in the first few hundred bytes.</summary>
    public static int BytesRead(int texts) => (int)Math.Clamp(MostFeatures / FeaturesAByte / Math.Max(1, texts), LeastBytes, MostBytes);

    public sealed class Builder
    {
        private readonly Growing<int> features = new();
        private readonly List<int> ends = [];

        /// <summary>The next text's features, each below <see cref="DomainModel.Rows"/>.</summary>
        public void Add(ReadOnlySpan<int> ofText)
        {
            foreach (int feature in ofText)
            {
                features.Add(feature);
            }

            ends.Add(features.Count);
        }

        public FeatureRows Build() => new(features.Build(), [.. ends]);
    }

    /// <summary>Reads one text at a time into a reused buffer.</summary>
    public sealed class Reader(int bytes)
    {
        private readonly FeatureExtractor extractor = new(FeatureFamilies.None);
        private readonly FeatureBuffer buffer = new(DomainModel.Rows);

        public ReadOnlySpan<int> Read(ReadOnlySpan<byte> utf8)
        {
            extractor.ExtractUtf8(utf8[..Math.Min(bytes, utf8.Length)], buffer);
            return buffer.Rows;
        }
    }
}
