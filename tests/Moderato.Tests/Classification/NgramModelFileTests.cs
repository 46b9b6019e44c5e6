using Moderato.Classification;

namespace Moderato.Tests.Classification;

public sealed class NgramModelFileTests
{
    private static readonly NgramModel Model = SeededModel.Create(seed: 2, rows: 1_000);

    [Fact]
    public void Gives_back_what_was_saved()
    {
        var loaded = Load(Saved());
        Assert.Equal(Model.Version, loaded.Version);
        Assert.Equal(Model.Categories, loaded.Categories);
        Assert.Equal(Model.Weights, loaded.Weights);
        Assert.Equal(Model.Scales, loaded.Scales);
        Assert.Equal(Model.Head.Biases, loaded.Head.Biases);
        Assert.Equal(Model.Head.Hidden, loaded.Head.Hidden);
        Assert.Equal(Model.Head.HiddenBiases, loaded.Head.HiddenBiases);
        Assert.Equal(Model.Head.Output, loaded.Head.Output);
    }

    [Theory]
    [InlineData(0, "it is not an ngram model")]
    [InlineData(8, "its format version is 0")]
    [InlineData(12, "its features version is")]
    [InlineData(20, "its checksum does not match")]
    [InlineData(60, "its checksum does not match")]
    [InlineData(5_000, "its checksum does not match")]
    public void Refuses_a_changed_byte_and_says_which_part(int at, string found)
    {
        var bytes = Saved();
        bytes[at] ^= 1;
        var wrong = Assert.Throws<UnusableFileException>(() => Load(bytes));
        Assert.StartsWith($"model.bin: {found}", wrong.Message, StringComparison.Ordinal);
        Assert.NotEmpty(wrong.Remedy);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(47)]
    [InlineData(48)]
    [InlineData(3_000)]
    public void Refuses_a_file_cut_short(int length) =>
        Assert.Throws<UnusableFileException>(() => Load(Saved()[..length]));

    private static byte[] Saved()
    {
        using var stream = new MemoryStream();
        NgramModelFile.Save(Model, stream);
        return stream.ToArray();
    }

    private static NgramModel Load(byte[] bytes) => NgramModelFile.Load(new MemoryStream(bytes), "model.bin");
}
