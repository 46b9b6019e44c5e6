using System.Security.Cryptography;
using System.Text.Json;
using Moderato.Policies;

namespace Moderato.Classification.Encoder;

/// <summary>An encoder as it lies on disk: its definition, and the files that this names beside it.</summary>
public static class EncoderFile
{
    /// <exception cref="UnusableFileException">Names the file and all that is wrong with it.</exception>
    public static EncoderModel Load(string path) => File.Exists(path)
        ? Load(File.ReadAllBytes(path), path, Path.GetDirectoryName(Path.GetFullPath(path))!)
        : throw new UnusableFileException(path, "there is no such file", "give the definition of an encoder");

    /// <param name="place">What messages call the definition.</param>
    /// <param name="directory">Holds the files that it names.</param>
    /// <exception cref="UnusableFileException">Names the file and all that is wrong with it.</exception>
    public static EncoderModel Load(ReadOnlySpan<byte> json, string place, string directory)
    {
        var definition = Read(json, place);
        foreach (var (name, hash) in definition.Sha256)
        {
            Check(Path.Combine(directory, name), hash);
        }

        return new EncoderModel(
            definition, Path.Combine(directory, definition.Model), EncoderTokenizer.Load(definition.Tokenizer, directory));
    }

    /// <summary>The same definition with the hash of every file that it names, as a release holds it.</summary>
    /// <exception cref="UnusableFileException">Names the file and what is wrong with it.</exception>
    public static byte[] WithHashes(ReadOnlySpan<byte> json, string place, string directory)
    {
        var definition = Read(json, place);
        string[] files = definition.Tokenizer switch
        {
            WordPieceDefinition wordPiece => [definition.Model, wordPiece.Vocabulary],
            ByteLevelBpeDefinition bpe => [definition.Model, bpe.Vocabulary, bpe.Merges],
            _ => [definition.Model],
        };
        return DeclarationJson.Write(definition with { Sha256 = files.ToDictionary(file => file, file => HashOf(Path.Combine(directory, file))) });
    }

    /// <exception cref="UnusableFileException">Names the place and all that is wrong there.</exception>
    internal static EncoderDefinition Read(ReadOnlySpan<byte> json, string place)
    {
        EncoderDefinition? definition;
        try
        {
            definition = DeclarationJson.Read<EncoderDefinition>(json);
        }
        catch (JsonException wrong)
        {
            throw new UnusableFileException($"{place}, line {wrong.LineNumber + 1}", $"it is not the definition of an encoder ({wrong.Message})", "see docs/tiers.md for one");
        }

        var errors = definition is null ? ["it holds null"] : Errors(definition).ToList();
        return errors.Count == 0
            ? definition!
            : throw new UnusableFileException(place, string.Join("; ", errors), "see docs/tiers.md for one");
    }

    private static void Check(string path, string hash)
    {
        string found = HashOf(path);
        if (!found.Equals(hash, StringComparison.OrdinalIgnoreCase))
        {
            throw new UnusableFileException(path, $"its SHA-256 is {found}", $"the definition means the file with {hash}: put that one there");
        }
    }

    private static string HashOf(string path)
    {
        if (!File.Exists(path))
        {
            throw new UnusableFileException(path, "there is no such file", "put the file there that the definition names");
        }

        using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    private static IEnumerable<string> Errors(EncoderDefinition definition)
    {
        if (definition.MaxTokens < EncoderWindows.LeastTokens)
        {
            yield return $"maxTokens is {definition.MaxTokens}: give at least {EncoderWindows.LeastTokens}";
        }

        if (definition.Labels.All(label => label is null))
        {
            yield return "no label is a category: name one at least";
        }

        foreach (var label in definition.Labels.OfType<string>().Where(label => !Category.All.Contains(label)))
        {
            yield return $"the label \"{label}\" is none of {string.Join(", ", Category.All)}: name one of them, or null";
        }

        foreach (var twice in definition.Labels.OfType<string>().GroupBy(label => label).Where(group => group.Count() > 1))
        {
            yield return $"the label \"{twice.Key}\" stands {twice.Count()} times: name it once";
        }
    }
}
