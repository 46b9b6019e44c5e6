using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Moderato.Server.Hosting;
using Moderato.Server.Storage;

namespace Moderato.Server.Keys;

/// <summary>The keys that let somebody in, held in memory. Another node's change is seen within <see cref="Refresh"/>.</summary>
public sealed class KeyRing(Store store, TimeProvider time, ILogger<KeyRing> logger)
    : RecurringWork(Refresh, FirstTurn.BeforeStart, time, logger)
{
    public static readonly TimeSpan Refresh = TimeSpan.FromSeconds(1);

    private volatile Dictionary<string, KeyCheck.Usable> byHash = [];

    /// <summary>For each thread the key that it saw last: clients send theirs with every request, and to hash it each time is a good part of letting them in.</summary>
    private readonly ThreadLocal<Presented> last = new(() => new([], ""));

    /// <summary>The key, when it is one that may be used now.</summary>
    public KeyCheck Check(ReadOnlySpan<char> key)
    {
        if (key.IsEmpty)
        {
            return new KeyCheck.Absent();
        }

        if (!byHash.TryGetValue(HashOf(key), out var usable))
        {
            return new KeyCheck.Unknown();
        }

        var known = usable.Key;
        return known.Revoked is not null ? new KeyCheck.Unusable("it was revoked", known.Id)
            : known.IsUsable(Time.GetUtcNow()) ? usable
            : new KeyCheck.Unusable("it has expired", known.Id);
    }

    /// <summary>Reads the keys again; whoever changes one calls this, so that the change holds at once on this node.</summary>
    public async Task ReloadAsync(CancellationToken cancel)
    {
        await using var state = store.State();
        var keys = await state.Keys.AsNoTracking().ToListAsync(cancel);
        byHash = keys.ToDictionary(key => Convert.ToHexString(key.Hash), key => new KeyCheck.Usable(key));
    }

    protected internal override Task RunAsync(CancellationToken cancel) => ReloadAsync(cancel);

    private string HashOf(ReadOnlySpan<char> key)
    {
        var sent = MemoryMarshal.AsBytes(key);
        if (!CryptographicOperations.FixedTimeEquals(sent, last.Value!.Key))
        {
            last.Value = new(sent.ToArray(), Convert.ToHexString(NewKey.Hash(key.ToString())));
        }

        return last.Value.Hash;
    }

    private sealed record Presented(byte[] Key, string Hash);
}

/// <summary>What a presented key is.</summary>
public abstract record KeyCheck
{
    private KeyCheck()
    {
    }

    /// <summary>Made once for each key, with who comes in by it.</summary>
    public sealed record Usable(AccessKey Key) : KeyCheck
    {
        public Caller Caller { get; } = new(Key.Workspace, Key.Id, Key.Name, Key.Scopes, Key.RequestsPerSecond);
    }

    public sealed record Unusable(string Why, int Id) : KeyCheck;

    public sealed record Unknown : KeyCheck;

    public sealed record Absent : KeyCheck;
}
