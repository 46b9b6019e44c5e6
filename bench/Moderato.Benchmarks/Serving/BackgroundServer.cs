using System.Diagnostics;

namespace Moderato.Benchmarks.Serving;

/// <summary>A server as a process of its own, on loopback, ready when this is there.</summary>
internal sealed class BackgroundServer : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Process process;

    private BackgroundServer(Process process, Uri address) => (this.process, Address) = (process, address);

    public Uri Address { get; }

    public int Id => process.Id;

    /// <summary>The admin key; of no use to the empty endpoint.</summary>
    public string Key { get; private init; } = "";

    /// <summary>Seconds of processor time so far, of all its threads.</summary>
    public double Cpu
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime.TotalSeconds;
        }
    }

    /// <summary>Bytes in memory now.</summary>
    public long Resident
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64;
        }
    }

    /// <summary><c>moderato serve</c> on this folder.</summary>
    public static async Task<BackgroundServer> ModeratoAsync(string data, int port, params string[] before)
    {
        var address = new Uri($"http://127.0.0.1:{port}");
        string[] command = [.. before, "dotnet", Path.Combine(AppContext.BaseDirectory, "moderato.dll"), "serve", "--data", data, "--urls", address.ToString()];
        var process = await StartAsync(command, address);
        return new(process, address) { Key = (await File.ReadAllTextAsync(Path.Combine(data, "admin.key"))).Trim() };
    }

    /// <summary>The endpoint that does nothing.</summary>
    public static async Task<BackgroundServer> EmptyAsync(int port)
    {
        var address = new Uri($"http://127.0.0.1:{port}");
        return new(await StartAsync(["dotnet", Path.Combine(AppContext.BaseDirectory, "Moderato.Benchmarks.dll"), "empty-endpoint", address.ToString()], address), address);
    }

    public void Dispose()
    {
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
        process.Dispose();
    }

    private static async Task<Process> StartAsync(string[] command, Uri address)
    {
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string name in start.Environment.Keys.Where(name => name.StartsWith("MODERATO_", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["MODERATO_REQUESTS_PER_SECOND"] = "1000000";
        start.Environment["MODERATO_MOST_WAITING_DECISIONS"] = "1000000";
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using var client = new HttpClient { BaseAddress = address };
        long began = Stopwatch.GetTimestamp();
        while (!await IsReadyAsync(client))
        {
            if (process.HasExited || Stopwatch.GetElapsedTime(began) > Patience)
            {
                throw new InvalidOperationException($"{string.Join(' ', command)} did not become ready.");
            }

            await Task.Delay(50);
        }

        return process;
    }

    private static async Task<bool> IsReadyAsync(HttpClient client)
    {
        try
        {
            using var answer = await client.GetAsync("/health/ready");
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
