using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using Moderato.Server.Hosting;
using Moderato.Server.Keys;
using Moderato.Server.Tests.Storage;

namespace Moderato.Server.Tests.Hosting;

/// <summary>The real server on a free loopback port, its store in a temporary folder or a database of its own.</summary>
public sealed class RunningServer : IAsyncDisposable
{
    private readonly string folder;

    private RunningServer(string folder, WebApplication app, string adminKey)
    {
        this.folder = folder;
        App = app;
        AdminKey = adminKey;
        Client = ClientOf(adminKey);
        Anonymous = ClientOf(null);
    }

    public WebApplication App { get; }

    public string AdminKey { get; }

    /// <summary>Sends the admin key.</summary>
    public HttpClient Client { get; }

    public HttpClient Anonymous { get; }

    public string Folder => folder;

    /// <summary>Skips the test visibly where PostgreSQL is not installed, except in CI, where it must be.</summary>
    public static async Task<RunningServer> StartAsync(
        StoreKind kind, TimeProvider? time = null, Func<ServerSettings, ServerSettings>? with = null, Action<WebApplicationBuilder>? adjust = null)
    {
        SkipUnlessInstalled(kind);

        string folder = Directory.CreateTempSubdirectory("moderato-").FullName;
        var settings = new ServerSettings
        {
            Data = folder,
            Urls = ["http://127.0.0.1:0"],
            Storage = kind == StoreKind.Postgres ? PostgresCluster.NewDatabase() : null,
        };
        return await StartAsync(folder, with is null ? settings : with(settings), time, adjust);
    }

    public static void SkipUnlessInstalled(StoreKind kind)
    {
        if (kind == StoreKind.Postgres && !PostgresCluster.IsInstalled)
        {
            Assert.SkipUnless(Environment.GetEnvironmentVariable("CI") == "true", "PostgreSQL 15 is not installed: apt-get install postgresql-15");
        }
    }

    /// <summary>Stops the server and starts another on the same store.</summary>
    public async Task<RunningServer> RestartAsync()
    {
        var settings = (ServerSettings)App.Services.GetService(typeof(ServerSettings))!;
        await App.StopAsync();
        await App.DisposeAsync();
        return await StartAsync(folder, settings, null, null);
    }

    public HttpClient ClientOf(string? key)
    {
        var client = new HttpClient { BaseAddress = new Uri(App.Urls.First()) };
        client.DefaultRequestHeaders.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        await App.StopAsync();
        await App.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private static async Task<RunningServer> StartAsync(string folder, ServerSettings settings, TimeProvider? time, Action<WebApplicationBuilder>? adjust)
    {
        var (app, _) = await ModeratoServer.CreateAsync(settings, time ?? TimeProvider.System, adjust ?? (builder => builder.Logging.SetMinimumLevel(LogLevel.Error)));
        await app.StartAsync();
        return new(folder, app, (await File.ReadAllTextAsync(Path.Combine(settings.Data, AdminKeyFile.Name))).Trim());
    }
}
