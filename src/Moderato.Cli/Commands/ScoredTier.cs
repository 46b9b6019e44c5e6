using System.Security.Cryptography;
using System.Text.Json;
using Moderato.Classification;
using Moderato.Classification.Encoder;
using Moderato.Classification.Llm;
using Moderato.Cli.Input;
using Moderato.Cli.Output;
using Moderato.Improvement;
using Moderato.Policies;
using Moderato.Releases;
using Moderato.Server.Classification;

namespace Moderato.Cli.Commands;

/// <summary>A later tier as the command line has it: a definition, and what it says of many contents.</summary>
internal abstract class ScoredTier(string name, string version, byte[] definition) : IDisposable
{
    /// <summary>As in <see cref="TierModel.Tier"/>.</summary>
    public string Name => name;

    public string Version => version;

    /// <summary>What the release holds.</summary>
    public byte[] Definition => definition;

    public string Hash => Convert.ToHexStringLower(SHA256.HashData(definition));

    public string FileName => $"{name}.json";

    /// <param name="path">Its definition.</param>
    /// <param name="endpoint">Of an llm tier.</param>
    /// <param name="kept">Where an llm tier's scores are kept as they come.</param>
    /// <exception cref="InputException">There is no such file, or an llm tier has no endpoint.</exception>
    /// <exception cref="UnusableFileException">It is no definition of a tier.</exception>
    public static ScoredTier Open(string path, AskedEndpoint endpoint, Policy policy, string kept)
    {
        if (!File.Exists(path))
        {
            throw new InputException("--tier", $"there is no file {path}", "give the definition of an encoder or of an llm tier");
        }

        byte[] json = File.ReadAllBytes(path);
        if (IsEncoder(json))
        {
            string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
            byte[] named = EncoderFile.WithHashes(json, path, folder);
            return new Encoder(EncoderFile.Load(named, path, folder), named);
        }

        var (tier, adapter) = LlmTierFile.Read(json, path);
        return new LlmScoredTier(tier, adapter, policy, endpoint, json, kept);
    }

    /// <exception cref="InputException">The tier cannot be asked at all.</exception>
    public abstract ScoredContents Score(IReadOnlyList<LabelledContent> contents, IReadOnlyList<string> categories, CountLine progress, CancellationToken cancel);

    public abstract void Dispose();

    private static bool IsEncoder(byte[] json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip });
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("tokenizer", out _);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private sealed class Encoder(EncoderModel model, byte[] definition) : ScoredTier(TierModel.Encoder, model.Definition.Version, definition)
    {
        private const int Chunk = 64;

        public override ScoredContents Score(IReadOnlyList<LabelledContent> contents, IReadOnlyList<string> categories, CountLine progress, CancellationToken cancel)
        {
            var scores = new List<IReadOnlyDictionary<string, double>>(contents.Count);
            foreach (var chunk in contents.Chunk(Chunk))
            {
                cancel.ThrowIfCancellationRequested();
                scores.AddRange(model.Score([.. chunk.Select(content => content.Text)])
                    .Select(own => model.Categories.Zip(own.Scores).ToDictionary(score => score.First, score => Math.Round(score.Second, 4))));
                progress.Show(scores.Count, contents.Count);
            }

            return new([.. scores], new Dictionary<string, int>(), null);
        }

        public override void Dispose() => model.Dispose();
    }
}

/// <summary>What a tier said of contents.</summary>
/// <param name="Scores">By category for each content; a category, or a content, that it did not judge is absent.</param>
/// <param name="NotJudged">Contents without scores, by what became of them.</param>
/// <param name="Cost">Null where asking costs nothing but time.</param>
internal sealed record ScoredContents(IReadOnlyDictionary<string, double>[] Scores, IReadOnlyDictionary<string, int> NotJudged, TierCost? Cost);
