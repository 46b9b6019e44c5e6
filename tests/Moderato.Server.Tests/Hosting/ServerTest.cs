namespace Moderato.Server.Tests.Hosting;

/// <summary>A test of behaviour that holds on each store: one sealed class for each of them derives from it.</summary>
public abstract class ServerTest(StoreKind kind) : IAsyncLifetime
{
    protected RunningServer Server { get; set; } = null!;

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public virtual async ValueTask InitializeAsync() => Server = await RunningServer.StartAsync(kind);

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (Server is not null)
        {
            await Server.DisposeAsync();
        }
    }
}
