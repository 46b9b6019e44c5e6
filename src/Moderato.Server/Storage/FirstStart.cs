using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Moderato.Releases;
using Moderato.Server.Hosting;
using Moderato.Server.Keys;
using Moderato.Server.Releases;

namespace Moderato.Server.Storage;

/// <summary>What a new store begins with: the default workspace, an admin key, and the shipped release as the live one.</summary>
public static class FirstStart
{
    /// <returns>The admin key when it was made now; it is never to be had again.</returns>
    public static async Task<string?> RunAsync(Store store, ServerSettings settings, DateTimeOffset now, CancellationToken cancel)
    {
        await using var state = store.State();
        if (await state.Workspaces.AnyAsync(cancel))
        {
            return null;
        }

        await using var transaction = await state.Database.BeginTransactionAsync(cancel);
        var workspace = new Workspace { Name = Workspace.Default, Created = now, AuthorSecret = RandomNumberGenerator.GetBytes(32) };
        state.Workspaces.Add(workspace);
        await state.SaveChangesAsync(cancel);

        string key = NewKey.Create();
        state.Keys.Add(new() { Workspace = workspace.Id, Name = "first admin", Hash = NewKey.Hash(key), Scopes = Scopes.Admin, Created = now });
        var cascade = await ReleaseShelf.AddAsync(state, workspace.Id, ReleaseFile.OpenShipped, "first start", now, cancel);
        var pointer = new ReleasePointer { Workspace = workspace.Id, Live = cascade.Release.Id, Generation = 1 };
        state.ReleasePointers.Add(pointer);
        state.ReleaseChanges.Add(ReleaseChange.Of(pointer, ReleaseAction.Promote, "first start", null, now));
        state.AuditEntries.Add(new() { Workspace = workspace.Id, Time = now, Actor = "first start", Action = "release.promote", Subject = cascade.Release.Id });
        await state.SaveChangesAsync(cancel);

        // Before the commit: a key that is in the store and nowhere else lets nobody in.
        AdminKeyFile.Write(settings.Data, key);
        await transaction.CommitAsync(cancel);
        return key;
    }
}
