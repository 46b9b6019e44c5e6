using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Moderato.Server.Tests.Hosting;

/// <summary><c>moderato serve</c> as a process of its own, which can be killed.</summary>
public sealed class ServerProcess : IDisposable
{
    private readonly Process process;

    private ServerProcess(Process process, Uri address, HttpClient client) => (this.process, Address, Client) = (process, address, client);

    public Uri Address { get; }

    public int Id => process.Id;

    /// <summary>Sends the admin key.</summary>
    public HttpClient Client { get; }

    public TimeSpan ReadyAfter { get; private init; }

    /// <summary>Starts it and waits until it is ready.</summary>
    /// <param name="storage">A PostgreSQL connection string; null: SQLite in <paramref name="data"/>.</param>
    /// <param name="keyFiles">Where the admin key may be, when another process may have made the store.</param>
    /// <param name="endpoints">Of language models, as the setting has them.</param>
    /// <param name="under">A command that runs it: one that becomes it, so that it is what is killed.</param>
    public static async Task<ServerProcess> StartAsync(string data, string? storage = null, IReadOnlyList<string>? keyFiles = null, string? endpoints = null, params IReadOnlyList<string> under)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        string[] command = [.. under, "dotnet", Path.Combine(AppContext.BaseDirectory, "moderato.dll"), "serve", "--data", data, "--urls", address.ToString()];
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true };

        foreach (string name in start.Environment.Keys.Where(name => name.StartsWith("MODERATO_", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }

        if (storage is not null)
        {
            start.Environment["MODERATO_STORAGE"] = storage;
        }

        if (endpoints is not null)
        {
            start.Environment["MODERATO_ENDPOINTS"] = endpoints;
        }

        long began = Stopwatch.GetTimestamp();
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var client = new HttpClient { BaseAddress = address };
        while (!await IsReady(client))
        {
            Assert.False(process.HasExited, "The server ended before it was ready.");
            Assert.True(Stopwatch.GetElapsedTime(began) < TimeSpan.FromMinutes(1), "The server was not ready within a minute.");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        string key = await File.ReadAllTextAsync(keyFiles?.First(File.Exists) ?? Path.Combine(data, "admin.key"), TestContext.Current.CancellationToken);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key.Trim());
        return new(process, address, client) { ReadyAfter = Stopwatch.GetElapsedTime(began) };
    }

    /// <summary>Ends it at once, as a power cut would: SIGKILL.</summary>
    public void Kill()
    {
        process.Kill();
        process.WaitForExit();
    }

    /// <summary>Asks it to end: SIGTERM.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> StopAsync()
    {
        const int Term = 15;
        Assert.Equal(0, Signal(process.Id, Term));
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return process.ExitCode;
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            Kill();
        }

        process.Dispose();
        Client.Dispose();
    }

    private static async Task<bool> IsReady(HttpClient client)
    {
        try
        {
            using var answer = await client.GetAsync("/health/ready", TestContext.Current.CancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Signal(int process, int signal);
}
