using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Moderato.Server.Tests.FrontDoors;

/// <summary>Runs a script of <c>Clients/</c> in Node and reads the one JSON document that it prints.</summary>
public static class NodeClient
{
    public static async Task<JsonElement> RunAsync(string script, IReadOnlyDictionary<string, string> environment, params string[] nodeArguments)
    {
        string folder = Path.Combine(Here(), "Clients");
        bool installed = Directory.Exists(Path.Combine(folder, "node_modules"));
        Assert.SkipUnless(
            installed || Environment.GetEnvironmentVariable("CI") == "true",
            $"the clients are not installed: npm ci --ignore-scripts --prefix {folder}");
        var start = new ProcessStartInfo("node") { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in (string[])[.. nodeArguments, script])
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var node = Process.Start(start)!;
        var output = node.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        string errors = await node.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await node.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(node.ExitCode == 0, $"{script} ended with {node.ExitCode}:\n{errors}");
        return JsonDocument.Parse(await output).RootElement;
    }

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
