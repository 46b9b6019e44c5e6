using System.Text;
using Moderato.Improvement.Training.Teaching;

namespace Moderato.Tests.Improvement.Training.Teaching;

/// <summary>A sentence encoder in ONNX format, written byte by byte: a token's state is its row of a table of ours.</summary>
internal static class TinySentenceEncoder
{
    private const int Int64 = 7;
    private const int Float = 1;

    /// <param name="states">By word; the marks at a text's ends and words that are not here have the state 0.</param>
    public static void Write(string directory, IReadOnlyDictionary<string, float[]> states)
    {
        int width = states.First().Value.Length;
        string[] marks = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"];
        File.WriteAllLines(Path.Combine(directory, MeaningEncoder.Vocabulary), [.. marks, .. states.Keys]);
        float[] table = [.. new float[marks.Length * width], .. states.Values.SelectMany(state => state)];
        byte[] node = [.. Text(1, "table"), .. Text(1, "input_ids"), .. Text(2, "states"), .. Text(4, "Gather")];
        byte[] initializer =
        [
            .. Number(1, table.Length / width), .. Number(1, width), .. Number(2, Float),
            .. Field(4, table.SelectMany(BitConverter.GetBytes).ToArray()), .. Text(8, "table"),
        ];
        byte[] graph =
        [
            .. Field(1, node), .. Text(2, "tiny"), .. Field(5, initializer),
            .. Field(11, Tensor("input_ids", Int64, "n", "t")), .. Field(11, Tensor("attention_mask", Int64, "n", "t")),
            .. Field(11, Tensor("token_type_ids", Int64, "n", "t")), .. Field(12, Tensor("states", Float, "n", "t", "w")),
        ];
        File.WriteAllBytes(Path.Combine(directory, MeaningEncoder.Model), [.. Number(1, 8), .. Field(7, graph), .. Field(8, Number(2, 13))]);
    }

    private static byte[] Tensor(string name, int type, params string[] dimensions)
    {
        byte[] shape = [.. dimensions.SelectMany(dimension => Field(1, Text(2, dimension)))];
        return [.. Text(1, name), .. Field(2, Field(1, [.. Number(1, type), .. Field(2, shape)]))];
    }

    private static byte[] Text(int field, string text) => Field(field, Encoding.UTF8.GetBytes(text));

    private static byte[] Field(int field, byte[] content) => [.. Varint((field << 3) | 2), .. Varint(content.Length), .. content];

    private static byte[] Number(int field, int value) => [.. Varint(field << 3), .. Varint(value)];

    private static IEnumerable<byte> Varint(int value)
    {
        while (value > 127)
        {
            yield return (byte)(value | 128);
            value >>= 7;
        }

        yield return (byte)value;
    }
}
