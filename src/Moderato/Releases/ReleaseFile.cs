using System.Security.Cryptography;
using System.Text.Json;
using Moderato.Classification;

namespace Moderato.Releases;

/// <summary>A release as it lies on disk: <c>release.json</c> and its models in one directory; and the one that every build carries.</summary>
public static class ReleaseFile
{
    public const string Name = "release.json";

    /// <summary>The file of the <c>ngram</c> tier's weights.</summary>
    public const string NgramName = "ngram.bin";

    private const string Embedded = "Moderato.Releases.Shipped.";

    /// <summary>Writes both files, each whole or not at all, the weights first. The <c>ngram</c> tier in <see cref="Release.Tiers"/> is set to what was written.</summary>
    /// <exception cref="ArgumentException">Names all that is wrong with the release.</exception>
    public static Release Save(Release release, NgramModel model, string directory)
    {
        Directory.CreateDirectory(directory);
        using var weights = new MemoryStream();
        NgramModelFile.Save(model, weights);
        var tier = new TierModel(TierModel.Ngram, model.Version, NgramName, Convert.ToHexStringLower(SHA256.HashData(weights.GetBuffer().AsSpan(0, (int)weights.Length))));
        var written = release with { Tiers = [tier, .. release.Tiers.Where(other => other.Tier != TierModel.Ngram)] };
        var errors = ReleaseErrors.Of(written, model);
        if (errors.Count > 0)
        {
            throw new ArgumentException($"The release cannot be used: {string.Join("; ", errors)}.", nameof(release));
        }

        Write(Path.Combine(directory, NgramName), weights.GetBuffer().AsSpan(0, (int)weights.Length));
        Write(Path.Combine(directory, Name), Format(written));
        return written;
    }

    /// <exception cref="UnusableFileException">Names the file and all that is wrong with it.</exception>
    public static Cascade Load(string directory) => Load(
        name => File.Exists(Path.Combine(directory, name)) ? File.OpenRead(Path.Combine(directory, name)) : null,
        name => Path.Combine(directory, name));

    /// <summary>The release that every build carries.</summary>
    /// <exception cref="UnusableFileException">This build carries none.</exception>
    public static Cascade LoadShipped() => Load(OpenShipped, name => $"the shipped {name}");

    /// <summary>A file of the release that every build carries.</summary>
    public static Stream? OpenShipped(string name) => typeof(ReleaseFile).Assembly.GetManifestResourceStream(Embedded + name);

    /// <summary>A release whose files are kept elsewhere than in a directory.</summary>
    /// <param name="open">Opens a file by its name; null where there is none.</param>
    /// <param name="place">What a message calls a file.</param>
    /// <exception cref="UnusableFileException">Names the file and all that is wrong with it.</exception>
    public static Cascade Load(Func<string, Stream?> open, Func<string, string> place)
    {
        // Half of the time until the first decision is the runtime learning to read JSON: the weights are read beside it.
        var reading = Task.Run(() => ReadWeights(open, place));
        try
        {
            return Assemble(Read(open, place), reading, open, place);
        }
        finally
        {
            Task.WaitAny(reading); // A load that has failed holds no file open either.
        }
    }

    private static Cascade Assemble(Release release, Task<NgramModel> reading, Func<string, Stream?> open, Func<string, string> place)
    {
        var tier = release.Tiers.FirstOrDefault(tier => tier.Tier == TierModel.Ngram)
            ?? throw new UnusableFileException(place(Name), "it has no ngram tier", "give a release that `moderato train` wrote");
        if (tier.File != NgramName)
        {
            throw new UnusableFileException(place(Name), $"its ngram tier is in \"{tier.File}\"", $"put the weights in {NgramName} beside it");
        }

        var model = reading.GetAwaiter().GetResult();
        if (model.Version != tier.Version)
        {
            throw new UnusableFileException(place(tier.File), $"it is model {model.Version}", $"the release was made with {tier.Version}: put that file there");
        }

        LaterTierFiles.Check(release, open, place);
        try
        {
            return new Cascade(release, model);
        }
        catch (ArgumentException wrong)
        {
            throw new UnusableFileException(place(Name), wrong.Message, "mend it, or train it again");
        }
    }

    private static NgramModel ReadWeights(Func<string, Stream?> open, Func<string, string> place)
    {
        using var stream = Open(open, place, NgramName);
        var model = NgramModelFile.Load(stream, place(NgramName));
        new NgramClassifier(model).Logits("What is read here is compiled here: 1 word, n0 m0re.", stackalloc double[NgramModel.Lanes]);
        return model;
    }

    private static Release Read(Func<string, Stream?> open, Func<string, string> place)
    {
        using var stream = Open(open, place, Name);
        using var json = new MemoryStream();
        stream.CopyTo(json);
        return Parse(json.GetBuffer().AsSpan(0, (int)json.Length), place(Name));
    }

    /// <summary>The content of a <c>release.json</c>, without its models.</summary>
    /// <exception cref="UnusableFileException">Names the place and what is wrong there.</exception>
    public static Release Parse(ReadOnlySpan<byte> json, string place)
    {
        try
        {
            return JsonSerializer.Deserialize(json, ReleaseJson.Default.Release)
                ?? throw new UnusableFileException(place, "it holds null", "give a release that `moderato train` wrote");
        }
        catch (JsonException wrong)
        {
            throw new UnusableFileException(
                $"{place}, line {wrong.LineNumber + 1}", $"it is not a release ({wrong.Path})", "give a release that `moderato train` wrote");
        }
    }

    /// <summary>What <see cref="Parse"/> reads.</summary>
    public static byte[] Format(Release release) => JsonSerializer.SerializeToUtf8Bytes(release, ReleaseJson.Default.Release);

    private static Stream Open(Func<string, Stream?> open, Func<string, string> place, string name) =>
        open(name) ?? throw new UnusableFileException(place(name), "there is no such file", "give a directory that `moderato train` wrote");

    private static void Write(string path, ReadOnlySpan<byte> bytes)
    {
        string unfinished = path + ".tmp";
        File.WriteAllBytes(unfinished, bytes);
        File.Move(unfinished, path, overwrite: true);
    }
}
