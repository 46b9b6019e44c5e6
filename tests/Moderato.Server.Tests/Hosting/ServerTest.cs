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
        await DisposeOthersAsync();
        if (Server is not null)
        {
            await Server.DisposeAsync();
        }
    }

    /// <summary>What a test has beside the server, which still runs then.</summary>
    protected virtual ValueTask DisposeOthersAsync() => ValueTask.CompletedTask;

    /// <summary>Somebody wants to be told; the test looks at what is to be told, so nobody answers there.</summary>
    protected Task Listen() => Server.Client.PostJson("/v1/webhooks", """{"url": "http://127.0.0.1:9/hook"}""").Body(System.Net.HttpStatusCode.Created);
}
