using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Moderato.Policies;
using Moderato.Releases;
using Moderato.Server.Hosting;
using Moderato.Server.Releases;
using Moderato.Server.Storage;
using Moderato.Server.Tests.Hosting;

namespace Moderato.Server.Tests.Classification;

/// <summary>A running server whose live release is the shipped one with one later tier.</summary>
internal static class TieredServer
{
    public static async Task<RunningServer> StartAsync(Escalation escalation, string file, string definition, Func<ServerSettings, ServerSettings> with, StoreKind kind = StoreKind.Sqlite, TimeProvider? time = null)
    {
        var server = await RunningServer.StartAsync(kind, time, with);
        string folder = Directory.CreateTempSubdirectory("moderato-release").FullName;
        try
        {
            var shipped = ReleaseFile.LoadShipped();
            string hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(definition)));
            await File.WriteAllTextAsync(Path.Combine(folder, file), definition);
            ReleaseFile.Save(
                With(shipped.Release, escalation) with { Id = "tiered", Tiers = [.. shipped.Release.Tiers, new TierModel(escalation.Tier, "test", file, hash)] },
                shipped.Model, folder);
            await PromoteAsync(server, folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        return server;
    }

    /// <summary>With a definition and thresholds of what the tier alone judges.</summary>
    private static Release With(Release release, Escalation escalation)
    {
        var further = escalation.Bands.Keys.Where(category => !release.Thresholds.ContainsKey(category)).ToList();
        var thresholds = release.Thresholds.ToDictionary();
        further.ForEach(category => thresholds.Add(category, new() { Cuts = new(0.5, 0.95) }));
        return release with
        {
            Policy = release.Policy with { Categories = [.. release.Policy.Categories, .. further.Select(category => new CategoryPolicy { Category = category, Definition = $"Is {category}." })] },
            Thresholds = thresholds,
            Escalations = [escalation],
        };
    }

    private static async Task PromoteAsync(RunningServer server, string folder)
    {
        var store = (Store)server.App.Services.GetService(typeof(Store))!;
        await using (var state = store.State())
        {
            var pointer = await state.ReleasePointers.SingleAsync();
            await ReleaseShelf.AddAsync(state, pointer.Workspace, name => File.OpenRead(Path.Combine(folder, name)), "test", DateTimeOffset.UnixEpoch, default);
            pointer.Live = "tiered";
            pointer.Generation++;
            await state.SaveChangesAsync();
        }

        await ((LiveReleases)server.App.Services.GetService(typeof(LiveReleases))!).FollowAsync(default);
    }
}
