using Moderato.Cli.Commands;

namespace Moderato.Cli.Tests.Commands;

public sealed class KeptScoresTests : IDisposable
{
    private static readonly Dictionary<string, double> Own = new() { ["toxicity"] = .25 };

    private readonly string path = Path.Combine(Directory.CreateTempSubdirectory("moderato-kept-").FullName, "scores.jsonl");

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(10)]
    public void What_is_kept_after_a_cut_is_found_again(int lost)
    {
        Keep("first", "second");
        byte[] whole = File.ReadAllBytes(path);
        File.WriteAllBytes(path, whole[..^lost]);
        Keep("second", "third");

        using var kept = KeptScores.Open(path, "asked");
        Assert.All((string[])["first", "second", "third"], text => Assert.Equal(Own, kept.Find(text)));
        Assert.Equal(3, kept.Count);
    }

    [Fact]
    public void An_empty_file_is_one_that_keeps_nothing_yet()
    {
        File.WriteAllText(path, "");
        Keep("first");
        Assert.Single(File.ReadAllLines(path));
    }

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);

    private void Keep(params string[] texts)
    {
        using var kept = KeptScores.Open(path, "asked");
        foreach (string text in texts)
        {
            kept.Keep(text, Own);
        }
    }
}
