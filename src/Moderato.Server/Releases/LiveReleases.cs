using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Moderato.Classification;
using Moderato.Releases;
using Moderato.Server.Storage;

namespace Moderato.Server.Releases;

/// <summary>
/// The releases that decide, per workspace, loaded and ready. Reading them takes no lock; a change swaps the reference, after the
/// next release is loaded: there is one at every moment.
/// </summary>
public sealed class LiveReleases(Store store, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim following = new(1);
    private readonly ConcurrentDictionary<(int Workspace, string Id), Cascade> loaded = [];
    private volatile Dictionary<int, Held> held = [];

    /// <exception cref="InvalidOperationException">The workspace has no live release.</exception>
    public ReleasesInForce InForce(int workspace) => held.TryGetValue(workspace, out var one)
        ? one.Afterwards is { } afterwards && one.Roles.IsOver(time.GetUtcNow()) ? afterwards : one.Now
        : throw new InvalidOperationException($"Workspace {workspace} has no live release.");

    /// <summary>The live one alone.</summary>
    /// <exception cref="InvalidOperationException">The workspace has no live release.</exception>
    public Cascade Of(int workspace) => InForce(workspace).Live;

    /// <summary>The release that decided something a moment ago; the live one where it has gone since.</summary>
    public Cascade ThatDecided(int workspace, string id) => loaded.TryGetValue((workspace, id), out var cascade) ? cascade : Of(workspace);

    /// <summary>The workspaces whose override has ended while the store still says that it holds.</summary>
    public IEnumerable<int> Ended() => held.Where(one => one.Value.Roles.IsOver(time.GetUtcNow())).Select(one => one.Key);

    /// <summary>Any release of the store, ready to decide.</summary>
    /// <exception cref="UnusableFileException">There is none of that name, or it cannot be used by this build.</exception>
    public async Task<Cascade> LoadAsync(int workspace, string id, CancellationToken cancel)
    {
        if (loaded.TryGetValue((workspace, id), out var known))
        {
            return known;
        }

        await using var state = store.State();
        return loaded[(workspace, id)] = await ReleaseShelf.LoadAsync(state, workspace, id, Weights, cancel);
    }

    /// <summary>Follows the pointers in the store; loads only what changed. What cannot be loaded changes nothing.</summary>
    /// <exception cref="UnusableFileException">Of the first workspace whose releases cannot be loaded; the others are followed.</exception>
    public async Task FollowAsync(CancellationToken cancel)
    {
        await following.WaitAsync(cancel);
        try
        {
            UnusableFileException? unusable = null;
            var next = new Dictionary<int, Held>(held);
            foreach (var pointer in await PointersAsync(cancel))
            {
                if (held.TryGetValue(pointer.Workspace, out var now) && now.Generation == pointer.Generation)
                {
                    continue;
                }

                try
                {
                    next[pointer.Workspace] = await HoldAsync(pointer, cancel);
                }
                catch (UnusableFileException wrong)
                {
                    unusable ??= wrong;
                }
            }

            held = next;
            Forget();
            if (unusable is not null)
            {
                throw unusable;
            }
        }
        finally
        {
            following.Release();
        }
    }

    public void Dispose() => following.Dispose();

    private async Task<List<ReleasePointer>> PointersAsync(CancellationToken cancel)
    {
        await using var state = store.State();
        return await state.ReleasePointers.AsNoTracking().ToListAsync(cancel);
    }

    private async Task<Held> HoldAsync(ReleasePointer pointer, CancellationToken cancel)
    {
        var roles = pointer.Roles;
        var now = await ReadyAsync(pointer.Workspace, roles, cancel);
        return new(pointer.Generation, roles, now, roles.Until is { } until ? await ReadyAsync(pointer.Workspace, roles.At(until), cancel) : null);
    }

    private async Task<ReleasesInForce> ReadyAsync(int workspace, ReleaseRoles roles, CancellationToken cancel) => new(
        await LoadAsync(workspace, roles.Live, cancel),
        roles.Canary is { } canary ? await LoadAsync(workspace, canary.Release, cancel) : null,
        roles.Canary,
        roles.Shadow is { } shadow ? await LoadAsync(workspace, shadow, cancel) : null);

    /// <summary>Weights that another loaded release has too are in memory once, and a release with other thresholds is there at once.</summary>
    private NgramModel? Weights(string sha256) =>
        loaded.Values.FirstOrDefault(cascade => cascade.Release.Tiers.Any(tier => tier.Tier == TierModel.Ngram && tier.Sha256 == sha256))?.Model;

    /// <summary>Those without a role go when there are more of them than anybody looks at.</summary>
    private void Forget()
    {
        const int MostIdle = 8;
        var used = held.Values.SelectMany(one => (ReleasesInForce?[])[one.Now, one.Afterwards])
            .SelectMany(one => (Cascade?[])[one?.Live, one?.Canary, one?.Shadow]).OfType<Cascade>().ToHashSet();
        var idle = loaded.Where(one => !used.Contains(one.Value)).Select(one => one.Key).ToList();
        foreach (var key in idle.Take(Math.Max(0, idle.Count - MostIdle)))
        {
            loaded.TryRemove(key, out _);
        }
    }

    /// <param name="Afterwards">What decides once a time-boxed override is over; null where there is none.</param>
    private sealed record Held(long Generation, ReleaseRoles Roles, ReleasesInForce Now, ReleasesInForce? Afterwards);
}
