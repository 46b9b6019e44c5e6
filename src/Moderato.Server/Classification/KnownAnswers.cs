using Microsoft.Extensions.Caching.Memory;
using Moderato.Classification;
using Moderato.Classification.Llm;

namespace Moderato.Server.Classification;

/// <summary>What a release's model said of exact duplicates: one copypasta is paid for once. Failures are not kept; the next copy may be luckier.</summary>
public sealed class KnownAnswers : IDisposable
{
    /// <summary>Contents; each takes some hundred bytes.</summary>
    private const int Most = 100_000;

    private readonly MemoryCache cache = new(new MemoryCacheOptions { SizeLimit = Most });

    public TierOutcome.Judged? Find(PromptContent content, IReadOnlyList<string> categories) => cache.Get<TierOutcome.Judged>(Key(content, categories));

    public void Keep(PromptContent content, IReadOnlyList<string> categories, TierOutcome.Judged judged) =>
        cache.Set(Key(content, categories), judged, new MemoryCacheEntryOptions { Size = 1 });

    public void Dispose() => cache.Dispose();

    /// <summary>The whole hash: the nonce is too short to stand for a content.</summary>
    private static string Key(PromptContent content, IReadOnlyList<string> categories) => $"{content.Hash} {string.Join(' ', categories)}";
}
