using Microsoft.EntityFrameworkCore;
using Moderato.Releases;
using Moderato.Server.Storage;

namespace Moderato.Server.Releases;

/// <summary>The release that decides, per workspace, loaded and ready. Reading it takes no lock; a change swaps the reference.</summary>
public sealed class LiveReleases(Store store)
{
    private volatile Dictionary<int, Live> live = [];

    /// <exception cref="InvalidOperationException">The workspace has no live release.</exception>
    public Cascade Of(int workspace) => live.TryGetValue(workspace, out var one)
        ? one.Cascade
        : throw new InvalidOperationException($"Workspace {workspace} has no live release.");

    /// <summary>Follows the pointers in the store; loads only what changed.</summary>
    public async Task FollowAsync(CancellationToken cancel)
    {
        await using var state = store.State();
        var next = new Dictionary<int, Live>();
        foreach (var pointer in await state.ReleasePointers.AsNoTracking().ToListAsync(cancel))
        {
            next[pointer.Workspace] = live.TryGetValue(pointer.Workspace, out var now) && now.Generation == pointer.Generation
                ? now
                : new(await ReleaseShelf.LoadAsync(state, pointer.Workspace, pointer.Live, cancel), pointer.Generation);
        }

        live = next;
    }

    private sealed record Live(Cascade Cascade, long Generation);
}
