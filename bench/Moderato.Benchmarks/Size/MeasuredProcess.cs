using System.Diagnostics;
using System.Globalization;

namespace Moderato.Benchmarks.Size;

/// <summary>A whole process from its start to its end.</summary>
/// <param name="Wall">Seconds by the clock.</param>
/// <param name="Cpu">Seconds of all its threads, user and system.</param>
/// <param name="PeakBytes">Greatest resident memory, as Linux keeps it (VmHWM).</param>
internal sealed record MeasuredProcess(double Wall, double Cpu, long PeakBytes, int ExitCode, string Output)
{
    private const int ReadEveryMilliseconds = 5;

    /// <exception cref="InvalidOperationException">The process ended with another exit code than 0.</exception>
    public static MeasuredProcess Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        double before = CpuOfChildren();
        long begun = Stopwatch.GetTimestamp();
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        long peak = 0;
        while (!process.WaitForExit(ReadEveryMilliseconds))
        {
            peak = Math.Max(peak, Peak(process.Id));
        }

        process.WaitForExit();
        var measured = new MeasuredProcess(
            Stopwatch.GetElapsedTime(begun).TotalSeconds, CpuOfChildren() - before, peak, process.ExitCode, output.Result);
        return process.ExitCode == 0
            ? measured
            : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}: {error.Result}");
    }

    private static long Peak(int id)
    {
        try
        {
            string? line = File.ReadLines($"/proc/{id}/status").FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0 : 1024 * long.Parse(line.AsSpan(6).Trim().ToString().Split(' ')[0], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    /// <summary>Seconds of all children that have ended, in steps of 10 ms (cutime and cstime of proc_pid_stat(5)).</summary>
    private static double CpuOfChildren()
    {
        string stat = File.ReadAllText("/proc/self/stat");
        string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return (long.Parse(fields[13], CultureInfo.InvariantCulture) + long.Parse(fields[14], CultureInfo.InvariantCulture)) / 100.0;
    }
}
