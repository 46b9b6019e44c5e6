using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using Moderato.Server.Decisions;
using Moderato.Server.Hosting;
using Moderato.Server.Storage;

namespace Moderato.Benchmarks.Serving;

/// <summary>What deciding and asking cost in a store of a million decisions and in a large one, in turns on the same machine.</summary>
internal static class RowsTable
{
    private const long Small = 1_000_000;
    private const int Rounds = 5;
    private const int Seconds = 5;
    private const int Connections = 128;
    private const int Queries = 15;
    private const int FillSeconds = 10;

    /// <summary>The same traffic in both stores: the small one is young, the large one has gone on for three months.</summary>
    private const double RowsADay = 220_000;

    private const string Author = "a4711";

    public static async Task RunAsync(long rows)
    {
        var stores = new List<Filled>();
        try
        {
            foreach (long size in (long[])[Small, rows])
            {
                stores.Add(await FillAsync(size, 5_092 + stores.Count));
            }

            foreach (var store in stores)
            {
                Wrk.Run(store.Server.Address, store.Server.Key, "warm", Connections, Seconds, load: Load.DecideAnywhere);
            }

            for (int round = 0; round < Rounds; round++)
            {
                foreach (var store in stores)
                {
                    store.Single.Add(Wrk.Run(store.Server.Address, store.Server.Key, $"s{round}", Connections, Seconds, load: Load.DecideAnywhere).RequestsPerSecond);
                    store.Batch.Add(1_000 * Wrk.Run(store.Server.Address, store.Server.Key, $"b{round}", 4, Seconds, 1_000, load: Load.DecideAnywhere).RequestsPerSecond);
                }
            }

            foreach (var store in stores)
            {
                await store.AskAsync();
            }

            Write(stores[0], stores[1]);
        }
        finally
        {
            foreach (var store in stores)
            {
                store.Server.Dispose();
                Directory.Delete(store.Data, recursive: true);
            }
        }
    }

    private static async Task<Filled> FillAsync(long rows, int port)
    {
        string data = Directory.CreateTempSubdirectory("moderato-rows-").FullName;
        var filled = new Filled(data, await BackgroundServer.ModeratoAsync(data, port));
        long began = Stopwatch.GetTimestamp();
        while (filled.Rows is var there && there < rows)
        {
            Console.WriteLine(FormattableString.Invariant($"{there:N0} of {rows:N0} decisions"));
            var run = Wrk.Run(filled.Server.Address, filled.Server.Key, $"f{there}", 4, FillSeconds, 1_000, load: Load.Record.Between(there, rows, rows / RowsADay));
            if (run.Errors > 0)
            {
                throw new InvalidOperationException($"{run.Errors} requests failed while the store was filled.");
            }
        }

        filled.FilledIn = Stopwatch.GetElapsedTime(began);
        filled.FilledRows = filled.Rows;
        filled.FilledBytes = filled.Bytes;
        return filled;
    }

    private static void Write(Filled small, Filled large)
    {
        var table = new ResultTable(
            "A store of many decisions", $"dotnet run -c Release --project bench/Moderato.Benchmarks -- rows {large.FilledRows}",
            "what", $"at {Millions(small)} million", $"at {Millions(large)} million", "ratio");
        Add("decisions a second, one a request", small.Single, large.Single, "N0");
        Add("decisions a second, 1,000 a request", small.Batch, large.Batch, "N0");
        foreach (string query in small.Milliseconds.Keys)
        {
            Add(query + ", ms", small.Milliseconds[query], large.Milliseconds[query], "F1");
        }

        table.Add("on disk, GB", Number(small.FilledBytes / 1e9, "F2"), Number(large.FilledBytes / 1e9, "F2"), "");
        table.Add("bytes a decision", Number((double)small.FilledBytes / small.FilledRows, "F0"), Number((double)large.FilledBytes / large.FilledRows, "F0"), "");
        table.Note(FormattableString.Invariant(
            $"The stores are filled through `POST /v1/decisions/record`, 1,000 a request, without texts, {RowsADay:N0} a day until now, by 100,000 authors, under ids in no order ({large.FilledRows:N0} in {large.FilledIn.TotalSeconds:N0} s). Then both servers are asked in turns, medians of {Rounds} turns of {Seconds} s; the ids decided are in no order too, so that each needs a page of the index of ids for itself, which the load of `serve-race` does not. Queries: medians of {Queries}. SQLite, `synchronous = FULL`."));
        double billion = 1e9 * large.FilledBytes / large.FilledRows / 1e9;
        table.Note(FormattableString.Invariant(
            $"At a billion decisions without texts that is {billion:N0} GB. What gives way first is the index of ids: with ids in no order each decision reads and writes a page of it, out of the processor's reach at twenty million (hence the batches) and out of the memory's where it outgrows it; ids that ascend (a time first, as in UUIDv7) stay on its last pages, which was not measured at this size. Counts cost what their cells cost: hours × languages × surfaces × those of 40 bins that are not empty. An author is asked for block by block (1,024 decisions each)."));
        table.Write("rows");

        void Add(string what, List<double> one, List<double> other, string format) =>
            table.Add(what, Number(Median(one), format), Number(Median(other), format), Number(Median(other) / Median(one), "F2"));
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);

    private static string Millions(Filled store) => (store.FilledRows / 1e6).ToString("F0", CultureInfo.InvariantCulture);

    /// <summary>A server on a store, and what was measured of it.</summary>
    private sealed class Filled(string data, BackgroundServer server)
    {
        public string Data => data;

        public BackgroundServer Server => server;

        public TimeSpan FilledIn { get; set; }

        public long FilledRows { get; set; }

        public long FilledBytes { get; set; }

        public List<double> Single { get; } = [];

        public List<double> Batch { get; } = [];

        public SortedDictionary<string, List<double>> Milliseconds { get; } = [];

        public long Bytes => new DirectoryInfo(data).EnumerateFiles("moderato.db*").Sum(file => file.Length);

        public long Rows
        {
            get
            {
                using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Path.Combine(data, SqliteStore.FileName)};Mode=ReadOnly;Pooling=False");
                connection.Open();
                using var command = connection.CreateCommand();
                command.CommandText = "SELECT coalesce(max(sequence), 0) FROM decisions";
                return (long)command.ExecuteScalar()!;
            }
        }

        /// <summary>The queries that people and the monitor make.</summary>
        public async Task AskAsync()
        {
            await using var store = new SqliteStore(Path.Combine(data, SqliteStore.FileName));
            var counts = new CountQueries(store, new ServerSettings { Data = data });
            int today = (int)(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 86_400);
            await TimeAsync("counts of 3 days by hour, language, surface and bin", () => counts.CellsAsync(1, (today - 4) * 24, (today - 1) * 24, CancellationToken.None));
            await TimeAsync("histograms of 3 days in 10,001 bins", () => counts.HistogramsAsync(1, today - 4, today - 1, CancellationToken.None));
            using var client = new HttpClient { BaseAddress = server.Address };
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", server.Key);
            await TimeAsync("GET the newest 100 decisions", () => client.GetStringAsync("/v1/decisions"));
            await TimeAsync("GET the newest 100 that were flagged", () => client.GetStringAsync("/v1/decisions?verdict=borderline"));
            await TimeAsync("GET the decisions on one author", () => client.GetStringAsync($"/v1/decisions?author={Author}"));
            using var newest = JsonDocument.Parse(await client.GetStringAsync("/v1/decisions?limit=1"));
            string content = newest.RootElement.GetProperty("decisions")[0].GetProperty("contentId").GetString()!;
            await TimeAsync("GET the decision on one content", () => client.GetStringAsync($"/v1/decisions?contentId={content}"));
        }

        private async Task TimeAsync<TAnswer>(string what, Func<Task<TAnswer>> query)
        {
            await query();
            var took = Milliseconds[what] = [];
            for (int i = 0; i < Queries; i++)
            {
                long began = Stopwatch.GetTimestamp();
                await query();
                took.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }
        }
    }
}
