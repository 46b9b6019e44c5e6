using System.Diagnostics;

namespace Moderato.Server.Tests.Faults;

/// <summary>
/// Debian's <c>strace</c>: it sees what a process asks of the kernel, and can make the kernel refuse it. Where it is missing, or may not
/// look into another process, the test is skipped and says so.
/// </summary>
internal sealed class Traced : IDisposable
{
    private readonly Process process;

    private Traced(Process process) => this.process = process;

    /// <summary>The command that runs a server under it and becomes the server.</summary>
    public static IReadOnlyList<string> Command(string output) =>
        ["strace", "-D", "-f", "-y", "--seccomp-bpf", "-s", "8192", "-e", "trace=pwrite64,fsync,fdatasync,write,sendto,sendmsg", "-o", output];

    /// <summary>From now on these calls of the process fail, until this is disposed of.</summary>
    /// <param name="calls">Such as <c>fsync,fdatasync</c>.</param>
    /// <param name="error">Such as <c>EIO</c>.</param>
    public static async Task<Traced> RefuseAsync(int process, string calls, string error)
    {
        var start = new ProcessStartInfo("strace", ["-f", "-p", $"{process}", "-e", $"trace={calls}", "-e", $"inject={calls}:error={error}", "-o", "/dev/null"]) { RedirectStandardError = true };
        var strace = Process.Start(start)!;
        string? line = await strace.StandardError.ReadLineAsync(TestContext.Current.CancellationToken);
        Assert.Contains("attached", line, StringComparison.Ordinal);
        _ = strace.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        return new(strace);
    }

    public static void SkipUnlessAllowed()
    {
        try
        {
            using var trial = Process.Start(new ProcessStartInfo("strace", ["-f", "-e", "trace=fsync", "-o", "/dev/null", "true"]) { RedirectStandardError = true })!;
            trial.WaitForExit();
            Assert.SkipUnless(trial.ExitCode == 0, "strace may not trace here (ptrace is not permitted).");
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("strace is not installed: apt-get install strace");
        }
    }

    public void Dispose()
    {
        // SIGINT: it lets the process go.
        using var interrupt = Process.Start("kill", ["-INT", $"{process.Id}"]);
        interrupt.WaitForExit();
        process.WaitForExit();
        process.Dispose();
    }
}
