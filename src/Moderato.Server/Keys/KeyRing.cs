using System.Globalization;
using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Moderato.Server.Storage;

namespace Moderato.Server.Keys;

/// <summary>The keys that let somebody in, held in memory. Another node's change is seen within <see cref="Refresh"/>.</summary>
public sealed partial class KeyRing(Store store, TimeProvider time, ILogger<KeyRing> logger) : BackgroundService
{
    public static readonly TimeSpan Refresh = TimeSpan.FromSeconds(1);

    private volatile Dictionary<string, KeyCheck.Usable> byHash = [];

    /// <summary>The key, when it is one that may be used now.</summary>
    public KeyCheck Check(string key)
    {
        if (!byHash.TryGetValue(Convert.ToHexString(NewKey.Hash(key)), out var usable))
        {
            return new KeyCheck.Unknown();
        }

        var known = usable.Key;
        return known.Revoked is not null ? new KeyCheck.Unusable("it was revoked", known.Id)
            : known.IsUsable(time.GetUtcNow()) ? usable
            : new KeyCheck.Unusable("it has expired", known.Id);
    }

    /// <summary>Reads the keys again; whoever changes one calls this, so that the change holds at once on this node.</summary>
    public async Task ReloadAsync(CancellationToken cancel)
    {
        await using var state = store.State();
        var keys = await state.Keys.AsNoTracking().ToListAsync(cancel);
        byHash = keys.ToDictionary(key => Convert.ToHexString(key.Hash), key => new KeyCheck.Usable(key));
    }

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await ReloadAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Refresh, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await ReloadAsync(stoppingToken);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                LogStale(failure.GetType().Name);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Keys could not be read again ({Failure}); those known before stay in force.")]
    private partial void LogStale(string failure);
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

        public ClaimsPrincipal Principal { get; } = new(new ClaimsIdentity(
            [new(ClaimTypes.NameIdentifier, Key.Id.ToString(CultureInfo.InvariantCulture)), new(ClaimTypes.Name, Key.Name)], KeyAuthentication.Name));
    }

    public sealed record Unusable(string Why, int Id) : KeyCheck;

    public sealed record Unknown : KeyCheck;
}
