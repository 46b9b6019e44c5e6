using Microsoft.EntityFrameworkCore;
using Moderato.Server.Storage;

namespace Moderato.Server.Keys;

/// <summary>Makes, rotates and revokes keys, each with its line in the audit log.</summary>
public sealed class KeyStore(Store store, KeyRing ring, TimeProvider time)
{
    public async Task<IReadOnlyList<AccessKey>> ListAsync(int workspace, CancellationToken cancel)
    {
        await using var state = store.State();
        return await state.Keys.AsNoTracking().Where(key => key.Workspace == workspace).OrderBy(key => key.Id).ToListAsync(cancel);
    }

    /// <returns>The key itself, which is never to be had again.</returns>
    public async Task<(AccessKey Stored, string Key)> CreateAsync(Caller by, string name, Scopes scopes, DateTimeOffset? expires, int? requestsPerSecond, CancellationToken cancel)
    {
        await using var state = store.State();
        string key = NewKey.Create();
        var stored = new AccessKey
        {
            Workspace = by.Workspace,
            Name = name,
            Hash = NewKey.Hash(key),
            Scopes = scopes,
            Created = time.GetUtcNow(),
            Expires = expires,
            RequestsPerSecond = requestsPerSecond,
        };
        state.Keys.Add(stored);
        Audit(state, by, "key.create", name, null);
        await state.SaveChangesAsync(cancel);
        await ring.ReloadAsync(cancel);
        return (stored, key);
    }

    /// <summary>A new key in place of another, which goes on working for <paramref name="grace"/>, so that a fleet can change over.</summary>
    /// <returns>Null where there is no such key in force.</returns>
    public async Task<(AccessKey Stored, string Key)?> RotateAsync(Caller by, int id, TimeSpan grace, CancellationToken cancel)
    {
        await using var state = store.State();
        var now = time.GetUtcNow();
        if (await state.Keys.SingleOrDefaultAsync(one => one.Id == id && one.Workspace == by.Workspace, cancel) is not { } old || !old.IsUsable(now))
        {
            return null;
        }

        string key = NewKey.Create();
        var stored = new AccessKey
        {
            Workspace = old.Workspace,
            Name = old.Name,
            Hash = NewKey.Hash(key),
            Scopes = old.Scopes,
            Created = now,
            Expires = old.Expires,
            RequestsPerSecond = old.RequestsPerSecond,
            Replaces = old.Id,
        };
        var until = now + grace;
        old.Expires = old.Expires < until ? old.Expires : until;
        state.Keys.Add(stored);
        Audit(state, by, "key.rotate", old.Name, null);
        await state.SaveChangesAsync(cancel);
        await ring.ReloadAsync(cancel);
        return (stored, key);
    }

    /// <summary>From this moment on the key lets nobody in; on other nodes within <see cref="KeyRing.Refresh"/>.</summary>
    public async Task<Revocation> RevokeAsync(Caller by, int id, string? why, CancellationToken cancel)
    {
        await using var state = store.State();
        var now = time.GetUtcNow();
        var keys = await state.Keys.Where(key => key.Workspace == by.Workspace).ToListAsync(cancel);
        if (keys.Find(key => key.Id == id) is not { Revoked: null } key)
        {
            return Revocation.NoSuchKey;
        }

        if (!keys.Exists(other => other.Id != id && (other.Scopes & Scopes.Admin) != 0 && other.IsUsable(now) && other.Expires is null) && (key.Scopes & Scopes.Admin) != 0)
        {
            return Revocation.LastAdmin;
        }

        key.Revoked = now;
        Audit(state, by, "key.revoke", key.Name, why);
        await state.SaveChangesAsync(cancel);
        await ring.ReloadAsync(cancel);
        return Revocation.Done;
    }

    private void Audit(StateContext state, Caller by, string action, string subject, string? why) =>
        state.AuditEntries.Add(new() { Workspace = by.Workspace, Time = time.GetUtcNow(), Actor = by.Name, Action = action, Subject = subject, Why = why });
}

public enum Revocation
{
    Done,
    NoSuchKey,

    /// <summary>Without it nobody could let anybody in again.</summary>
    LastAdmin,
}
