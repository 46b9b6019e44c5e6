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

    /// <exception cref="InputException">There is no such file, or an llm tier has no endpoint.</exception>
    /// <exception cref="UnusableFileException">It is no definition of a tier.</exception>
    public static ScoredTier Open(string path, string? url, string? keyFile, Policy policy)
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
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            throw new InputException("--url", url is null ? "not given, and the tier is an llm" : $"\"{url}\"", "give its endpoint, such as http://127.0.0.1:8000/v1");
        }

        string? key = keyFile is null ? null : File.Exists(keyFile) ? File.ReadAllText(keyFile).Trim()
            : throw new InputException("--key-file", $"there is no file {keyFile}", "give a file that holds the endpoint's key");
        return new Llm(tier, adapter, policy, new EndpointConnection(new EndpointSettings { Url = address, TimeoutMs = 60_000, MostWaiting = 100_000 }, key, TimeProvider.System), json);
    }

    /// <summary>By category for each content; a category, or a content, that it did not judge is absent.</summary>
    public abstract IReadOnlyDictionary<string, double>[] Score(IReadOnlyList<LabelledContent> contents, IReadOnlyList<string> categories, CountLine progress, CancellationToken cancel);

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

        public override IReadOnlyDictionary<string, double>[] Score(IReadOnlyList<LabelledContent> contents, IReadOnlyList<string> categories, CountLine progress, CancellationToken cancel)
        {
            var scores = new List<IReadOnlyDictionary<string, double>>(contents.Count);
            foreach (var chunk in contents.Chunk(Chunk))
            {
                cancel.ThrowIfCancellationRequested();
                scores.AddRange(model.Score([.. chunk.Select(content => content.Text)])
                    .Select(own => model.Categories.Zip(own.Scores).ToDictionary(score => score.First, score => Math.Round(score.Second, 4))));
                progress.Show(scores.Count);
            }

            return [.. scores];
        }

        public override void Dispose() => model.Dispose();
    }

    private sealed class Llm(LlmTier tier, Adapter adapter, Policy policy, EndpointConnection endpoint, byte[] definition) : ScoredTier(TierModel.Llm, tier.Model, definition)
    {
        private readonly LlmJudge judge = new(tier, adapter, policy, endpoint, new DailyBudget(null, TimeProvider.System));

        public override IReadOnlyDictionary<string, double>[] Score(IReadOnlyList<LabelledContent> contents, IReadOnlyList<string> categories, CountLine progress, CancellationToken cancel)
        {
            int done = 0;
            return Task.WhenAll(contents.Select(async content =>
            {
                var answer = await judge.JudgeAsync(new TierRequest(content.Text, null, categories), cancel);
                progress.Show(Interlocked.Increment(ref done));
                return answer.Outcome is TierOutcome.Judged judged ? judged.Scores : new Dictionary<string, double>();
            })).GetAwaiter().GetResult();
        }

        public override void Dispose()
        {
            judge.Dispose();
            endpoint.Dispose();
        }
    }
}
