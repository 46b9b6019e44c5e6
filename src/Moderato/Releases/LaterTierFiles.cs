using System.Security.Cryptography;
using Moderato.Classification;
using Moderato.Classification.Encoder;
using Moderato.Classification.Llm;

namespace Moderato.Releases;

/// <summary>Checks what a release says of its later tiers before anything is decided by it.</summary>
internal static class LaterTierFiles
{
    /// <exception cref="UnusableFileException">Names the file and what is wrong with it.</exception>
    public static void Check(Release release, Func<string, Stream?> open, Func<string, string> place)
    {
        foreach (var tier in release.Tiers.Where(tier => tier.Tier != TierModel.Ngram))
        {
            using var stream = open(tier.File)
                ?? throw new UnusableFileException(place(tier.File), "there is no such file", $"put the definition of the {tier.Tier} tier there that release.json names");
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            Check(tier, bytes.ToArray(), place(tier.File));
        }
    }

    private static void Check(TierModel tier, byte[] bytes, string place)
    {
        string hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
        if (hash != tier.Sha256)
        {
            throw new UnusableFileException(place, $"its SHA-256 is {hash}", $"the release was made with {tier.Sha256}: put that file there, or make a new release");
        }

        if (tier.Tier == TierModel.Llm)
        {
            LlmTierFile.Read(bytes, place);
        }
        else if (EncoderFile.Read(bytes, place).Sha256.Count == 0)
        {
            throw new UnusableFileException(place, "it does not say which files it means", "give the SHA-256 of the ONNX file and of the vocabulary by name, as \"sha256\"");
        }
    }
}
