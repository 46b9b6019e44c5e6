using Moderato.Classification;
using Moderato.Improvement.Training.Teaching;

namespace Moderato.Tests.Improvement.Training.Teaching;

public sealed class MeaningEncoderTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("moderato-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_meaning_is_the_mean_of_the_tokens_states_at_length_one()
    {
        TinySentenceEncoder.Write(folder, new Dictionary<string, float[]> { ["north"] = [4, 0], ["east"] = [0, 3] });
        using var encoder = MeaningEncoder.Load(folder);

        var meanings = encoder.Read(["North east", "east", "nobody knows", ""], 100, null, TestContext.Current.CancellationToken);

        Assert.Equal([.8f, .6f], meanings[0].Select(x => MathF.Round(x, 6)));
        Assert.Equal([0, 1], meanings[1]);
        Assert.Equal([0, 0], meanings[2]);
        Assert.Equal([0, 0], meanings[3]);
    }

    [Fact]
    public void What_is_read_beside_a_text_does_not_change_its_meaning()
    {
        TinySentenceEncoder.Write(folder, new Dictionary<string, float[]> { ["north"] = [.3f, .1f, .7f], ["east"] = [.2f, .9f, .4f] });
        using var encoder = MeaningEncoder.Load(folder);
        string[] texts = [.. Enumerable.Range(0, 100).Select(i => string.Join(' ', Enumerable.Range(0, 1 + (i % 7)).Select(k => (i + k) % 3 == 0 ? "north" : "east")))];

        var together = encoder.Read(texts, 100, null, TestContext.Current.CancellationToken);

        Assert.All(texts.Zip(together), pair => Assert.Equal(encoder.Read([pair.First], 100, null, TestContext.Current.CancellationToken)[0], pair.Second));
    }

    [Fact]
    public void Only_the_beginning_of_a_long_text_is_read()
    {
        TinySentenceEncoder.Write(folder, new Dictionary<string, float[]> { ["north"] = [1, 0], ["east"] = [0, 1] });
        using var encoder = MeaningEncoder.Load(folder);
        string north = string.Concat(Enumerable.Repeat("north ", 1000));

        Assert.Equal([1, 0], encoder.Read([north + "east"], 100_000, null, TestContext.Current.CancellationToken)[0]);
        Assert.Equal([1, 0], encoder.Read(["north east"], 6, null, TestContext.Current.CancellationToken)[0]);
    }

    [Fact]
    public void A_folder_without_an_encoder_is_named()
    {
        var wrong = Assert.Throws<UnusableFileException>(() => MeaningEncoder.Load(folder));
        Assert.Contains($"{Path.Combine(folder, "model.onnx")}: there is no such file", wrong.Message, StringComparison.Ordinal);
        TinySentenceEncoder.Write(folder, new Dictionary<string, float[]> { ["north"] = [1, 0] });
        File.WriteAllText(Path.Combine(folder, "model.onnx"), "no model");
        Assert.Contains("ONNX Runtime cannot load it", Assert.Throws<UnusableFileException>(() => MeaningEncoder.Load(folder)).Message, StringComparison.Ordinal);
    }
}
