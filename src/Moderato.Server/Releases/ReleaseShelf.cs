using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Moderato.Classification;
using Moderato.Releases;
using Moderato.Server.Storage;

namespace Moderato.Server.Releases;

/// <summary>Releases as they are kept in the store: bundles that are added once and never change.</summary>
public static class ReleaseShelf
{
    /// <summary>Adds a release whose files <paramref name="open"/> opens by name. It is checked as a whole before it is added.</summary>
    /// <exception cref="UnusableFileException">Names the file and what is wrong with it.</exception>
    public static async Task<Cascade> AddAsync(
        StateContext state, int workspace, Func<string, Stream?> open, string by, DateTimeOffset now, CancellationToken cancel, string? derivedFrom = null, string? reason = null)
    {
        var cascade = ReleaseFile.Load(open, name => name);
        foreach (var tier in cascade.Release.Tiers)
        {
            byte[] bytes = await ReadAsync(open, tier.File, cancel);
            string hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
            if (hash != tier.Sha256)
            {
                throw new UnusableFileException(tier.File, $"its SHA-256 is {hash}", $"the release was made with {tier.Sha256}: give that file");
            }

            if (!await state.ModelFiles.AnyAsync(file => file.Sha256 == hash, cancel))
            {
                state.ModelFiles.Add(new() { Sha256 = hash, Bytes = bytes });
            }
        }

        state.Releases.Add(new()
        {
            Workspace = workspace,
            Id = cascade.Release.Id,
            Added = now,
            AddedBy = by,
            DerivedFrom = derivedFrom,
            Reason = reason,
            Json = await ReadAsync(open, ReleaseFile.Name, cancel),
        });
        return cascade;
    }

    /// <exception cref="UnusableFileException">There is no such release, or it cannot be used by this build.</exception>
    /// <param name="weights">Those of a hash, where they are in memory already.</param>
    public static async Task<Cascade> LoadAsync(StateContext state, int workspace, string id, Func<string, NgramModel?> weights, CancellationToken cancel)
    {
        var stored = await state.Releases.AsNoTracking().SingleOrDefaultAsync(release => release.Workspace == workspace && release.Id == id, cancel)
            ?? throw new UnusableFileException($"release {id}", "it is not in the store", "add it with POST /v1/releases");
        var release = ReleaseFile.Parse(stored.Json, $"release {id}");
        if (release.Tiers.FirstOrDefault(tier => tier.Tier == TierModel.Ngram) is { } ngram && weights(ngram.Sha256) is { } known)
        {
            return new Cascade(release, known);
        }

        var hashes = release.Tiers.Select(tier => tier.Sha256).ToList();
        var models = await state.ModelFiles.AsNoTracking().Where(file => hashes.Contains(file.Sha256)).ToDictionaryAsync(file => file.Sha256, file => file.Bytes, cancel);
        return ReleaseFile.Load(
            name => name == ReleaseFile.Name ? new MemoryStream(stored.Json)
                : release.Tiers.FirstOrDefault(tier => tier.File == name) is { } tier && models.TryGetValue(tier.Sha256, out var bytes) ? new MemoryStream(bytes)
                : null,
            name => $"release {id}, {name}");
    }

    private static async Task<byte[]> ReadAsync(Func<string, Stream?> open, string name, CancellationToken cancel)
    {
        await using var stream = open(name) ?? throw new UnusableFileException(name, "there is no such file", "give every file that release.json names");
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes, cancel);
        return bytes.ToArray();
    }
}
