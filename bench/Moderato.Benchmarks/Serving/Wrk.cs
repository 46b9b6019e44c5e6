using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Moderato.Benchmarks.Serving;

/// <summary>One run of Debian's <c>wrk</c>: what it counted, and what it said of latency.</summary>
/// <param name="RequestsPerSecond">Answers of status 2xx or 3xx and others together; <see cref="Errors"/> says how many were others.</param>
/// <param name="Errors">Answers of another status, and sockets that broke.</param>
internal sealed partial record Wrk(double RequestsPerSecond, TimeSpan P50, TimeSpan P99, long Errors)
{
    /// <summary>
    /// A script in Lua: each request is another content, and about one in ten goes to a person, as in the log of a platform. With a rate, every connection waits between its requests (<c>delay()</c>, exponential), so that all
    /// together ask that often: latency under a load that the server can bear.
    /// </summary>
    private const string Script =
        """
        local first, batch, key
        local openings = {"thanks for the help with the map yesterday", "does anyone know when the next round starts", "we lost the match but it was a good evening",
          "the new update made the menu much faster", "I will be home around seven and then we can play", "my sister liked the story that you wrote",
          "where did you find the blue key in this level", "the photo from the lake turned out really well"}
        local endings = {"see you all tomorrow", "let me know what you think", "that would be great", "no hurry at all", "it works on my machine now",
          "I have to go in ten minutes", "good luck with the exam", "same time as last week"}
        local threads = 0
        function setup(t) t:set("number", threads) threads = threads + 1 end
        function init(args)
          first, batch, key = args[1], tonumber(args[2]), args[3]
          math.randomseed(os.time() + number)
          wrk.headers["Content-Type"] = "application/json"
          if key ~= nil then wrk.headers["Authorization"] = "Bearer " .. key end
        end
        local count = 0
        local function content()
          count = count + 1
          local text = openings[math.random(#openings)] .. ", " .. endings[math.random(#endings)]
          return string.format('{"id":"%s-%d-%d","text":"%s %d","author":"a%d","surface":"chat"}', first, number, count, text, count, count % 1000)
        end
        function request()
          if batch == 1 then return wrk.format("POST", nil, nil, '{"content":' .. content() .. '}') end
          local all = {}
          for i = 1, batch do all[i] = content() end
          return wrk.format("POST", nil, nil, '{"contents":[' .. table.concat(all, ",") .. ']}')
        end
        if WAIT then function delay() return math.floor(-math.log(1 - math.random()) * WAIT) end end
        """;

    /// <param name="batch">Contents a request.</param>
    /// <param name="rate">Requests a second over all connections; null: as many as are answered.</param>
    public static Wrk Run(Uri server, string key, string ids, int connections, int seconds, int batch = 1, double? rate = null)
    {
        string script = Path.Combine(Path.GetTempPath(), $"moderato-{Environment.ProcessId}.lua");
        string waiting = rate is { } each ? FormattableString.Invariant($"WAIT = {1_000 * connections / each}\n") : "";
        File.WriteAllText(script, waiting + Script);
        try
        {
            var start = new ProcessStartInfo(
                "wrk",
                ["-t1", $"-c{connections}", $"-d{seconds}s", "--timeout", "10s", "--latency", "-s", script, new Uri(server, "/v1/decisions").ToString(), "--", ids, $"{batch}", key])
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
