using System.Globalization;

namespace Moderato.Benchmarks.Serving;

/// <summary>
/// Durable decisions a second against an endpoint that does nothing, in turns, by the same load from a second process; then latency at
/// 70% of that, and calls of a thousand contents.
/// </summary>
internal static class ServeRace
{
    private const int Rounds = 3;
    private const int FewerConnections = 128;
    private const int Connections = 256;
    private const int BatchConnections = 4;
    private const int Batch = 1_000;
    private const int Seconds = 6;

    /// <summary>Until the compiler has made its last version of what is measured.</summary>
    private const int WarmSeconds = 20;

    private const double ShareOfThroughput = .7;

    public static async Task RunAsync()
    {
        string data = Directory.CreateTempSubdirectory("moderato-serve-").FullName;
        using var empty = await BackgroundServer.EmptyAsync(5091);
        using var ours = await BackgroundServer.ModeratoAsync(data, 5090);
        foreach (var server in (BackgroundServer[])[empty, ours])
        {
            Wrk.Run(server.Address, server.Key, "warm", Connections, WarmSeconds);
            Wrk.Run(server.Address, server.Key, "warm-batch", BatchConnections, WarmSeconds / 2, Batch);
        }

        var (reached, single, batch, emptyBatch) = (new List<Wrk>(), new List<Wrk>(), new List<Wrk>(), new List<Wrk>());
        var (fewerReached, fewer) = (new List<Wrk>(), new List<Wrk>());
        for (int round = 0; round < Rounds; round++)
        {
            fewerReached.Add(Wrk.Run(empty.Address, "", $"ef{round}", FewerConnections, Seconds));
            fewer.Add(Wrk.Run(ours.Address, ours.Key, $"f{round}", FewerConnections, Seconds));
            reached.Add(Wrk.Run(empty.Address, "", $"e{round}", Connections, Seconds));
            single.Add(Wrk.Run(ours.Address, ours.Key, $"s{round}", Connections, Seconds));
            emptyBatch.Add(Wrk.Run(empty.Address, "", $"eb{round}", BatchConnections, Seconds, Batch));
            batch.Add(Wrk.Run(ours.Address, ours.Key, $"b{round}", BatchConnections, Seconds, Batch));
        }

        double throughput = Median(single);
        var calm = Wrk.Run(ours.Address, ours.Key, "calm", Connections, 2 * Seconds, rate: ShareOfThroughput * throughput);
        var table = new ResultTable(
            "Decisions a second", "dotnet run -c Release --project bench/Moderato.Benchmarks -- serve-race",
            "what", "contents a second", "share of the empty endpoint", "p50", "p99", "errors");
        table.Add($"empty endpoint, one content a request, {FewerConnections} connections", Number(Median(fewerReached)), "1", Ms(Middle(fewerReached).P50), Ms(Middle(fewerReached).P99), Errors(fewerReached));
        table.Add(
            $"moderato serve, one content a request, {FewerConnections} connections", Number(Median(fewer)), Ratio(Median(fewer) / Median(fewerReached)), Ms(Middle(fewer).P50), Ms(Middle(fewer).P99), Errors(fewer));
        table.Add($"empty endpoint, one content a request, {Connections} connections", Number(Median(reached)), "1", Ms(Middle(reached).P50), Ms(Middle(reached).P99), Errors(reached));
        table.Add($"moderato serve, one content a request, {Connections} connections", Number(throughput), Ratio(throughput / Median(reached)), Ms(Middle(single).P50), Ms(Middle(single).P99), Errors(single));
        table.Add(
            $"moderato serve, one content a request, asked for {ShareOfThroughput:P0} of that", Number(calm.RequestsPerSecond), "", Ms(calm.P50), Ms(calm.P99), calm.Errors);
        table.Add("empty endpoint, 1,000 contents a request", Number(Batch * Median(emptyBatch)), "1", Ms(Middle(emptyBatch).P50), Ms(Middle(emptyBatch).P99), Errors(emptyBatch));
        table.Add(
            "moderato serve, 1,000 contents a request", Number(Batch * Median(batch)), Ratio(Median(batch) / Median(emptyBatch)), Ms(Middle(batch).P50), Ms(Middle(batch).P99), Errors(batch));
        table.Note(FormattableString.Invariant(
            $"Medians of {Rounds} turns of {Seconds} s, after {WarmSeconds} s to warm up; {Connections} connections where nothing else is said ({BatchConnections} with 1,000 contents each) of one thread of wrk, on the same cores as the servers. Each content is another text of some 75 bytes with an author and a surface; about one in ten goes to a person. SQLite, `synchronous = FULL`: an answer is on disk. {ours.Resident / 1_048_576} MB in memory at the end."));
        table.Write("serving");
        Directory.Delete(data, recursive: true);
    }

    private static Wrk Middle(List<Wrk> runs) => runs.OrderBy(run => run.RequestsPerSecond).ElementAt(runs.Count / 2);

    private static double Median(List<Wrk> runs) => Middle(runs).RequestsPerSecond;

    private static long Errors(List<Wrk> runs) => runs.Sum(run => run.Errors);

    private static string Number(double value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Ratio(double value) => value.ToString("F2", CultureInfo.InvariantCulture);

    private static string Ms(TimeSpan span) => string.Create(CultureInfo.InvariantCulture, $"{span.TotalMilliseconds:F1} ms");
}
