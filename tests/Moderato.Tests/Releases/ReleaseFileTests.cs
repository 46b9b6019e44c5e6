using Moderato.Classification;
using Moderato.Decisions;
using Moderato.Policies;
using Moderato.Releases;

namespace Moderato.Tests.Releases;

public sealed class ReleaseFileTests : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("moderato-release").FullName;

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Fact]
    public void Decides_the_same_after_a_way_through_the_disk()
    {
        var saved = ReleaseFile.Save(SeededRelease.Create(), SeededRelease.Model, directory);
        var loaded = ReleaseFile.Load(directory);
        Assert.Equal(saved.Tiers, loaded.Release.Tiers);
        Assert.Equal(saved.Thresholds[Category.Toxicity].Exceptions, loaded.Release.Thresholds[Category.Toxicity].Exceptions);
        foreach (var text in (string[])["", "hello there", "😀😀 what?"])
        {
            var before = new Cascade(saved, SeededRelease.Model).Decide(text, "en", "chat");
            var after = loaded.Decide(text, "en", "chat");
            Assert.Equal(before.Verdict, after.Verdict);
            Assert.Equal(before.Scores, after.Scores);
        }

        Assert.Equal([ReleaseFile.NgramName, ReleaseFile.Name], Directory.GetFiles(directory).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void Says_all_that_is_wrong_at_once()
    {
        var release = SeededRelease.Create() with
        {
            Thresholds = new Dictionary<string, CategoryThresholds>
            {
                [Category.Hate] = new() { Cuts = new Cuts(0.9, 0.8) },
                [Category.Spam] = new() { Cuts = new Cuts(0.5, 1.3) },
            },
        };

        var wrong = Assert.Throws<ArgumentException>(() => ReleaseFile.Save(release, SeededRelease.Model, directory));
        Assert.Contains("\"hate\" blocks from 0.8 and reviews from 0.9", wrong.Message, StringComparison.Ordinal);
        Assert.Contains("a cut of \"spam\" is 1.3", wrong.Message, StringComparison.Ordinal);
        Assert.Contains("\"toxicity\" has no thresholds", wrong.Message, StringComparison.Ordinal);
        Assert.Contains("\"spam\" has thresholds or languages and no calibration", wrong.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(directory));
    }

    [Theory]
    [InlineData("{", "line 1")]
    [InlineData("{}", "release.json")]
    [InlineData("null", "holds null")]
    public void Refuses_what_is_not_a_release(string json, string named)
    {
        File.WriteAllText(Path.Combine(directory, ReleaseFile.Name), json);
        Assert.Contains(named, Assert.Throws<UnusableFileException>(() => ReleaseFile.Load(directory)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_a_directory_without_one_and_weights_of_another()
    {
        Assert.Contains("there is no such file", Assert.Throws<UnusableFileException>(() => ReleaseFile.Load(directory)).Message, StringComparison.Ordinal);

        ReleaseFile.Save(SeededRelease.Create(), SeededRelease.Model, directory);
        using (var file = File.Create(Path.Combine(directory, ReleaseFile.NgramName)))
        {
            NgramModelFile.Save(SeededRelease.Model with { Version = "another" }, file);
        }

        Assert.Contains("it is model another", Assert.Throws<UnusableFileException>(() => ReleaseFile.Load(directory)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_load_that_fails_holds_no_file_open()
    {
        using var opened = new ManualResetEventSlim();
        using var weights = new MemoryStream();
        Assert.Throws<UnusableFileException>(() => ReleaseFile.Load(
            name =>
            {
                if (name != ReleaseFile.NgramName)
                {
                    opened.Wait(TestContext.Current.CancellationToken);
                    return null;
                }

                opened.Set();
                Thread.Sleep(50);
                return weights;
            },
            name => name));
        Assert.False(weights.CanRead, "the weights are still being read after the load was given up");
    }
}
