using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;

namespace Moderato.Server.Storage;

/// <summary>The workspaces of this store, by number and by name.</summary>
public sealed class Workspaces(Store store)
{
    /// <summary>By workspace, for each thread its own: a key set up once halves what a hash costs.</summary>
    private readonly ThreadLocal<Dictionary<int, IncrementalHash>> authors = new(() => []);

    private volatile Dictionary<int, Workspace> byId = [];

    public Workspace this[int id] => byId[id];

    public IReadOnlyCollection<Workspace> All => byId.Values;

    public async Task ReloadAsync(CancellationToken cancel)
    {
        await using var state = store.State();
        byId = await state.Workspaces.AsNoTracking().ToDictionaryAsync(workspace => workspace.Id, cancel);
    }

    /// <summary>
    /// What the log holds in place of an author's id: 64 bits of HMAC-SHA256 under the workspace's own key. The same author has
    /// the same number; nobody without the store can tell whose it is.
    /// </summary>
    public long? AuthorOf(int workspace, string? author)
    {
        if (author is null)
        {
            return null;
        }

        if (!authors.Value!.TryGetValue(workspace, out var keyed))
        {
            authors.Value.Add(workspace, keyed = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, byId[workspace].AuthorSecret));
        }

        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        keyed.AppendData(Encoding.UTF8.GetBytes(author));
        keyed.GetHashAndReset(hash);
        return BinaryPrimitives.ReadInt64BigEndian(hash);
    }
}
