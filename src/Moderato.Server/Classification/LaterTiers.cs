using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Moderato.Classification;
using Moderato.Classification.Encoder;
using Moderato.Classification.Llm;
using Moderato.Releases;
using Moderato.Server.Hosting;
using Moderato.Server.Storage;

namespace Moderato.Server.Classification;

/// <summary>The later tiers of each release, made when the release first decides and kept.</summary>
public sealed partial class LaterTiers(Store store, Endpoints endpoints, ServerSettings settings, ILogger<LaterTiers> logger) : IDisposable
{
    private static readonly IReadOnlyDictionary<string, ILaterTier> None = new Dictionary<string, ILaterTier>();

    private readonly ConcurrentDictionary<(int Workspace, string Release), Lazy<Task<IReadOnlyDictionary<string, ILaterTier>>>> made = new();

    public ValueTask<IReadOnlyDictionary<string, ILaterTier>> OfAsync(int workspace, Release release) => release.Escalations is null or []
        ? ValueTask.FromResult(None)
        : new(made.GetOrAdd((workspace, release.Id), _ => new(() => MakeAsync(release))).Value);

    public void Dispose()
    {
        foreach (var tier in made.Values.Where(one => one is { IsValueCreated: true, Value.IsCompletedSuccessfully: true }).SelectMany(one => one.Value.Result.Values))
        {
            tier.Dispose();
        }
    }

    private async Task<IReadOnlyDictionary<string, ILaterTier>> MakeAsync(Release release)
    {
        var tiers = new Dictionary<string, ILaterTier>();
        foreach (var model in release.Tiers.Where(model => model.Tier != TierModel.Ngram))
        {
            try
            {
                tiers[model.Tier] = model.Tier == TierModel.Encoder ? await EncoderAsync(release, model) : await LlmAsync(release, model);
            }
            catch (UnusableFileException wrong)
            {
                LogUnusable(model.Tier, release.Id, wrong.Message, wrong.Remedy);
                tiers[model.Tier] = new MissingTier(model.Tier);
            }
        }

        return tiers;
    }

    private async Task<ILaterTier> LlmAsync(Release release, TierModel model)
    {
        var (tier, adapter) = LlmTierFile.Read(await ReadAsync(model), $"release {release.Id}, {model.File}");
        return await endpoints.FindAsync(tier.Endpoint) is { } endpoint
            ? new LlmJudge(tier, adapter, release.Policy, endpoint.Connection, endpoint.Budget)
            : throw new UnusableFileException($"release {release.Id}, {model.File}", $"it names the endpoint \"{tier.Endpoint}\", which this installation does not know", "name it under \"endpoints\" in moderato.json");
    }

    private async Task<ILaterTier> EncoderAsync(Release release, TierModel model) =>
        new EncoderTier(EncoderFile.Load(await ReadAsync(model), $"release {release.Id}, {model.File}", settings.ModelFolder));

    private async Task<byte[]> ReadAsync(TierModel model)
    {
        await using var state = store.State();
        return await state.ModelFiles.AsNoTracking().Where(file => file.Sha256 == model.Sha256).Select(file => file.Bytes).SingleOrDefaultAsync()
            ?? throw new UnusableFileException(model.File, "it is not in the store", "add the release again with all its files");
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The tier {Tier} of release {Release} cannot be asked: {Found}. {Remedy}. Its content goes where the release says.")]
    private partial void LogUnusable(string tier, string release, string found, string remedy);

    /// <summary>A tier that this node cannot ask: its content goes where the release says, as for any failure.</summary>
    private sealed class MissingTier(string name) : ILaterTier
    {
        public string Name => name;

        public bool LeavesHouse => false;

        public Task<TierAnswer> JudgeAsync(TierRequest request, CancellationToken cancel) =>
            Task.FromResult(new TierAnswer(new TierOutcome.NotAsked(NotAskedBecause.NotConfigured), new TierCost()));

        public void Dispose()
        {
        }
    }
}
