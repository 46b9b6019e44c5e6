using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Moderato.Benchmarks.Serving;

/// <summary>One run of Debian's <c>wrk</c>: what it counted, and what it said of latency.</summary>
/// <param name="RequestsPerSecond">Answers of status 2xx or 3xx and others together; <see cref="Errors"/> says how many were others.</param>
/// <param name="Errors">Answers of another status, and sockets that broke.</param>
internal sealed partial record Wrk(double RequestsPerSecond, TimeSpan P50, TimeSpan P99, long Errors)
{
    /// <param name="ids">What the ids of this run begin with.</param>
    /// <param name="batch">Contents a request.</param>
    /// <param name="rate">Requests a second over all connections; null: as many as are answered.</param>
    /// <param name="load">What is sent; null: <see cref="Load.Decide"/>.</param>
    public static Wrk Run(Uri server, string key, string ids, int connections, int seconds, int batch = 1, double? rate = null, Load? load = null)
    {
        load ??= Load.Decide;
        string script = Path.Combine(Path.GetTempPath(), $"moderato-{Environment.ProcessId}.lua");
        string waiting = rate is { } each ? FormattableString.Invariant($"WAIT = {1_000 * connections / each}\n") : "";
        File.WriteAllText(script, waiting + load.Script);
        try
        {
            var start = new ProcessStartInfo(
                "wrk",
                ["-t1", $"-c{connections}", $"-d{seconds}s", "--timeout", "10s", "--latency", "-s", script, new Uri(server, load.Path).ToString(), "--", ids, $"{batch}", key])
            { RedirectStandardOutput = true };
            using var process = Process.Start(start)!;
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return Read(output);
        }
        finally
        {
            File.Delete(script);
        }
    }

    private static Wrk Read(string output)
    {
        double rate = double.Parse(Rate().Match(output).Groups[1].Value, CultureInfo.InvariantCulture);
        long errors = BadStatus().Match(output) is { Success: true } bad ? long.Parse(bad.Groups[1].Value, CultureInfo.InvariantCulture) : 0;
        if (SocketErrors().Match(output) is { Success: true } broken)
        {
            errors += Enumerable.Range(1, 4).Sum(group => long.Parse(broken.Groups[group].Value, CultureInfo.InvariantCulture));
        }

        return new(rate, Latency(output, "50%"), Latency(output, "99%"), errors);
    }

    private static TimeSpan Latency(string output, string percentile)
    {
        var match = Regex.Match(output, percentile + @"\s+([0-9.]+)(us|ms|s)");
        double value = double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);
        return match.Groups[2].Value switch
        {
            "us" => TimeSpan.FromMicroseconds(value),
            "ms" => TimeSpan.FromMilliseconds(value),
            _ => TimeSpan.FromSeconds(value),
        };
    }

    [GeneratedRegex(@"Requests/sec:\s+([0-9.]+)")]
    private static partial Regex Rate();

    [GeneratedRegex(@"Non-2xx or 3xx responses: (\d+)")]
    private static partial Regex BadStatus();

    [GeneratedRegex(@"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)")]
    private static partial Regex SocketErrors();
}
