using Microsoft.EntityFrameworkCore;
using Moderato.Classification;
using Moderato.Releases;
using Moderato.Server.Storage;

namespace Moderato.Server.Releases;

/// <summary>Adds releases and moves their roles; each change is one transaction with its line of history and of the audit log.</summary>
public sealed class ReleaseStore(Store store, LiveReleases live, TimeProvider time)
{
    private const string Clock = "the override's own time";

    public async Task<ReleasePointer?> PointerAsync(int workspace, CancellationToken cancel)
    {
        await using var state = store.State();
        return await state.ReleasePointers.AsNoTracking().SingleOrDefaultAsync(pointer => pointer.Workspace == workspace, cancel);
    }

    /// <summary>Oldest first.</summary>
    public async Task<IReadOnlyList<StoredRelease>> ListAsync(int workspace, CancellationToken cancel)
    {
        await using var state = store.State();
        return await state.Releases.AsNoTracking().Where(release => release.Workspace == workspace).OrderBy(release => release.Added).ToListAsync(cancel);
    }

    public async Task<StoredRelease?> FindAsync(int workspace, string id, CancellationToken cancel)
    {
        await using var state = store.State();
        return await state.Releases.AsNoTracking().SingleOrDefaultAsync(release => release.Workspace == workspace && release.Id == id, cancel);
    }

    /// <summary>Newest first.</summary>
    public async Task<IReadOnlyList<ReleaseChange>> HistoryAsync(int workspace, CancellationToken cancel)
    {
        await using var state = store.State();
        return await state.ReleaseChanges.AsNoTracking().Where(change => change.Workspace == workspace).OrderByDescending(change => change.Id).ToListAsync(cancel);
    }

    /// <returns>The release, and whether it is new; null where its id belongs to another.</returns>
    /// <exception cref="UnusableFileException">Names the file and what is wrong with it.</exception>
    public async Task<(StoredRelease Release, bool IsNew)?> AddAsync(int workspace, ReleaseDraft draft, string by, string? reason, CancellationToken cancel)
    {
        await using var state = store.State();
        string id = ReleaseFile.Parse(draft.Json, ReleaseFile.Name).Id;
        if (await state.Releases.SingleOrDefaultAsync(release => release.Workspace == workspace && release.Id == id, cancel) is { } known)
        {
            return ReleaseDraft.Fingerprint(known.Json) == ReleaseDraft.Fingerprint(draft.Json) ? (known, false) : null;
        }

        var hashes = ReleaseFile.Parse(draft.Json, ReleaseFile.Name).Tiers.ToDictionary(tier => tier.File, tier => tier.Sha256);
        var kept = await state.ModelFiles.AsNoTracking().Where(file => hashes.Values.Contains(file.Sha256)).ToDictionaryAsync(file => file.Sha256, file => file.Bytes, cancel);
        var now = time.GetUtcNow();
        await ReleaseShelf.AddAsync(
            state, workspace,
            name => name == ReleaseFile.Name ? new MemoryStream(draft.Json)
                : draft.Files.TryGetValue(name, out var given) ? new MemoryStream(given)
                : hashes.TryGetValue(name, out var hash) && kept.TryGetValue(hash, out var bytes) ? new MemoryStream(bytes)
                : null,
            by, now, cancel, draft.DerivedFrom, reason);
        state.AuditEntries.Add(new() { Workspace = workspace, Time = now, Actor = by, Action = "release.create", Subject = id, Why = reason });
        await state.SaveChangesAsync(cancel);
        return (await state.Releases.AsNoTracking().SingleAsync(release => release.Workspace == workspace && release.Id == id, cancel), true);
    }

    /// <summary>Changes the roles; this node has changed when it returns, the others have within a second.</summary>
    /// <param name="move">From the roles that hold now.</param>
    /// <exception cref="UnusableFileException">A release that is to decide cannot be loaded: nothing is changed.</exception>
    public async Task<RoleChange> MoveAsync(int workspace, string action, string subject, string by, string? reason, Func<ReleaseRoles, RoleChange> move, CancellationToken cancel)
    {
        await using var state = store.State();
        await using var transaction = await state.Database.BeginTransactionAsync(cancel);
        var now = time.GetUtcNow();
        var pointer = await state.ReleasePointers.SingleOrDefaultAsync(one => one.Workspace == workspace, cancel);
        if (pointer is null)
        {
            return new RoleChange.Refused("the workspace has no live release", "promote one in a workspace that has");
        }

        EndOverride(state, pointer, now);
        var change = move(pointer.Roles);
        if (change is not RoleChange.Done(var roles))
        {
            return change;
        }

        string?[] named = [roles.Live, roles.Canary?.Release, roles.Shadow];
        foreach (string release in named.OfType<string>())
        {
            await live.LoadAsync(workspace, release, cancel);
        }

        pointer.Roles = roles;
        pointer.Generation++;
        state.ReleaseChanges.Add(ReleaseChange.Of(pointer, action, by, reason, now));
        state.AuditEntries.Add(new() { Workspace = workspace, Time = now, Actor = by, Action = $"release.{action}", Subject = subject, Why = reason });
        if (!await SaveAsync(state, cancel))
        {
            return new RoleChange.Refused("somebody else has just changed it", "look at GET /v1/releases and send it again");
        }

        await transaction.CommitAsync(cancel);
        await live.FollowAsync(cancel);
        return change;
    }

    /// <summary>The release that was live before the one that is, as the history has it.</summary>
    public async Task<string?> LiveBeforeAsync(int workspace, CancellationToken cancel)
    {
        await using var state = store.State();
        if ((await PointerAsync(workspace, cancel))?.Roles.At(time.GetUtcNow()) is not { } roles)
        {
            return null;
        }

        string now = roles.Live;
        return roles.Before
            ?? await state.ReleaseChanges.AsNoTracking().Where(change => change.Workspace == workspace && change.Live != now)
                .OrderByDescending(change => change.Id).Select(change => change.Live).FirstOrDefaultAsync(cancel);
    }

    /// <summary>Writes down that an override is over; nothing where another node did.</summary>
    public async Task EndOverrideAsync(int workspace, CancellationToken cancel)
    {
        await using var state = store.State();
        await using var transaction = await state.Database.BeginTransactionAsync(cancel);
        var pointer = await state.ReleasePointers.SingleAsync(one => one.Workspace == workspace, cancel);
        if (EndOverride(state, pointer, time.GetUtcNow()) && await SaveAsync(state, cancel))
        {
            await transaction.CommitAsync(cancel);
        }
    }

    private static bool EndOverride(StateContext state, ReleasePointer pointer, DateTimeOffset now)
    {
        if (!pointer.Roles.IsOver(now))
        {
            return false;
        }

        string ended = pointer.Live;
        pointer.Roles = pointer.Roles.At(now);
        pointer.Generation++;
        state.ReleaseChanges.Add(ReleaseChange.Of(pointer, ReleaseAction.OverrideEnds, Clock, null, now));
        state.AuditEntries.Add(new() { Workspace = pointer.Workspace, Time = now, Actor = Clock, Action = $"release.{ReleaseAction.OverrideEnds}", Subject = ended });
        return true;
    }

    private async Task<bool> SaveAsync(StateContext state, CancellationToken cancel)
    {
        try
        {
            await state.SaveChangesAsync(cancel);
            await store.AnnounceAsync(state, cancel);
            return true;
        }
        catch (DbUpdateConcurrencyException)
        {
            return false;
        }
    }
}
