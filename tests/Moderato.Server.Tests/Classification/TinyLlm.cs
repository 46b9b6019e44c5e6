using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Moderato.Tests;

namespace Moderato.Server.Tests.Classification;

/// <summary>
/// A real language model of 135 million parameters behind OpenAI's interface (<c>tests/llama</c>). It shows that the plumbing holds
/// with a model that nobody wrote for it; its judgement is worth nothing.
/// </summary>
internal sealed class TinyLlm : IAsyncDisposable
{
    private readonly Process process;

    private TinyLlm(Process process, int port)
    {
        this.process = process;
        Url = new Uri($"http://127.0.0.1:{port}/v1");
    }

    public Uri Url { get; }

    /// <summary>Skips the calling test visibly where node, its packages or the weights are not here.</summary>
    public static async Task<TinyLlm> StartAsync()
    {
        string folder = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "../../llama"));
        Assert.SkipUnless(Directory.Exists(Path.Combine(folder, "node_modules")), $"The language model is not installed: npm ci --ignore-scripts --omit=optional in {folder}");
        string weights = Path.Combine(SharedModels.Folder(), "smollm2-135m-instruct.q4_1.gguf");
        var process = new Process
        {
            StartInfo = new("node", ["server.mjs", weights, "0"]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true },
        };
        try
        {
            process.Start();
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("node is not installed: the real language model cannot be tested with");
        }

        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        string? ready = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        Assert.True(ready is not null, "The language model's server ended before it was ready.");
        return new(process, JsonDocument.Parse(ready).RootElement.GetProperty("port").GetInt32());
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private static string Here([CallerFilePath] string path = "") => path;
}
