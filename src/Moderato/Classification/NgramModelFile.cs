using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Moderato.Classification.Features;

namespace Moderato.Classification;

/// <summary>
/// How a model lies on disk, little-endian: magic, format, version of the features, SHA-256 of the rest; then
/// version, categories, families, rows, scales, head, weights.
/// </summary>
public static class NgramModelFile
{
    private const int Format = 1;
    private const int HeaderBytes = 8 + 4 + 4 + 32;

    private static ReadOnlySpan<byte> Magic => "MODNGRAM"u8;

    public static void Save(NgramModel model, Stream to)
    {
        model.Checked();
        using var body = new MemoryStream();
        using (var writer = new BinaryWriter(body, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(model.Version);
            writer.Write(model.Categories.Count);
            foreach (var category in model.Categories)
            {
                writer.Write(category);
            }

            writer.Write((int)model.Families);
            writer.Write(model.Rows);
            writer.Write(model.Head.HiddenUnits);
            foreach (var numbers in (float[][])[model.Scales, model.Head.Biases, model.Head.Hidden, model.Head.HiddenBiases, model.Head.Output])
            {
                foreach (float number in numbers)
                {
                    writer.Write(number);
                }
            }

            writer.Write(MemoryMarshal.AsBytes(model.Weights.AsSpan()));
        }

        var content = body.GetBuffer().AsSpan(0, (int)body.Length);
        using var file = new BinaryWriter(to, Encoding.UTF8, leaveOpen: true);
        file.Write(Magic);
        file.Write(Format);
        file.Write(FeatureExtractor.Version);
        file.Write(SHA256.HashData(content));
        file.Write(content);
    }

    /// <param name="place">How to name the file in a message.</param>
    /// <exception cref="UnusableFileException">Not a model, damaged, or of another format or other features.</exception>
    public static NgramModel Load(Stream from, string place)
    {
        using var memory = new MemoryStream(from.CanSeek ? (int)Math.Min(from.Length, int.MaxValue) : 0);
        from.CopyTo(memory);
        byte[] bytes = memory.GetBuffer();
        int length = (int)memory.Length;
        if (length < HeaderBytes || !bytes.AsSpan(0, Magic.Length).SequenceEqual(Magic))
        {
            throw new UnusableFileException(place, "it is not an ngram model", "give a file that `moderato train` wrote");
        }

        var header = bytes.AsSpan(Magic.Length, HeaderBytes - Magic.Length);
        RequireVersion(place, "format", MemoryMarshal.Read<int>(header), Format);
        RequireVersion(place, "features", MemoryMarshal.Read<int>(header[4..]), FeatureExtractor.Version);
        var body = bytes.AsSpan(HeaderBytes, length - HeaderBytes);
        if (!SHA256.HashData(body).AsSpan().SequenceEqual(header[8..]))
        {
            throw new UnusableFileException(place, $"its checksum does not match its {body.Length} bytes: it is damaged or cut short", "copy or train it again");
        }

        try
        {
            return Read(bytes, HeaderBytes, length);
        }
        catch (Exception wrong) when (wrong is ArgumentException or IOException or FormatException)
        {
            throw new UnusableFileException(place, $"its parts do not fit each other ({wrong.Message})", "train it again");
        }
    }

    private static NgramModel Read(byte[] bytes, int start, int length)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes, start, length - start), Encoding.UTF8);
        string version = reader.ReadString();
        var categories = new string[Bounded(reader.ReadInt32(), NgramModel.Lanes)];
        for (int c = 0; c < categories.Length; c++)
        {
            categories[c] = reader.ReadString();
        }

        var families = (FeatureFamilies)reader.ReadInt32();
        int rows = Bounded(reader.ReadInt32(), NgramModel.MaxRows);
        int hidden = Bounded(reader.ReadInt32(), 256);
        var scales = Floats(reader, NgramModel.Lanes);
        var head = new NgramHead(
            Floats(reader, categories.Length),
            Floats(reader, hidden * NgramModel.Lanes),
            Floats(reader, hidden),
            Floats(reader, hidden * categories.Length));
        var weights = new sbyte[rows * NgramModel.Lanes];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(weights.AsSpan()));
        return new NgramModel { Version = version, Categories = categories, Families = families, Weights = weights, Scales = scales, Head = head }.Checked();
    }

    private static float[] Floats(BinaryReader reader, int count)
    {
        var numbers = new float[count];
        for (int i = 0; i < count; i++)
        {
            numbers[i] = reader.ReadSingle();
        }

        return numbers;
    }

    private static int Bounded(int count, int most) =>
        count >= 0 && count <= most ? count : throw new FormatException($"a count of {count} where at most {most} is right");

    private static void RequireVersion(string place, string what, int found, int right)
    {
        if (found != right)
        {
            throw new UnusableFileException(place, $"its {what} version is {found}", $"this build reads version {right}: train the model again with it, or use the build it came with");
        }
    }
}
