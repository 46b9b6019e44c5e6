using System.IO.Compression;
using System.Text;
using DuckDB.NET.Data;
using Moderato.Classification;
using Moderato.Cli.Input;
using Moderato.Decisions;
using Moderato.Releases;

namespace Moderato.Cli.Tests.Input;

public sealed class DecisionLogTests : IDisposable
{
    private const string Csv =
        """
        id,text,score,verdict,label,time,views,language,votes
        a,"He said ""go"", and went",0.8123,violating,0,2026-03-01T10:00:00+02:00,12,en,1/3
        b,"two
        lines",0.2,safe,,2026-03-01T09:30:00Z,3,de,
        c,naïve 😀,0.5,borderline,1,2026-03-02T00:00:00.5Z,,en,3/3
        """;

    private const string JsonLines =
        """
        {"id":"a","text":"He said \"go\", and went","score":0.8123,"verdict":"violating","label":0,"time":"2026-03-01T10:00:00+02:00","views":12,"language":"en","votes":"1/3"}
        {"id":"b","text":"two\nlines","score":0.2,"verdict":"safe","label":null,"time":"2026-03-01T09:30:00Z","views":3,"language":"de"}

        {"score":0.5,"id":"c","verdict":"borderline","text":"naïve 😀","label":1,"time":"2026-03-02T00:00:00.5Z","language":"en","votes":"3/3"}
        """;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Reads_the_same_table_from_every_format_and_compression()
    {
        string csv = folder.Write("d.csv", Csv);
        string[] others =
        [
            folder.Write("bom.csv", "\uFEFF" + Csv.ReplaceLineEndings("\r\n")),
            folder.Write("d.jsonl", JsonLines),
            folder.Write("d.csv.gz", Gzip(Csv)),
            folder.Write("d.jsonl.gz", Gzip(JsonLines)),
            folder.Write("d.csv.zst", Zstd(Csv)),
            folder.Write("unnamed", Gzip(JsonLines)),
            Parquet(csv, folder["d.parquet"]),
        ];

        foreach (string path in others.Prepend(csv))
        {
            var table = Assert.Single(Read(path).Tables);

            Assert.Equal(3, table.Count);
            Assert.Equal(["a", "b", "c"], [table.Ids[0], table.Ids[1], table.Ids[2]]);
            Assert.Equal("He said \"go\", and went", table.Texts![0]);
            Assert.Equal("two\nlines", table.Texts[1].ReplaceLineEndings("\n"));
            Assert.Equal("naïve 😀", table.Texts[2]);
            Assert.Equal([0.8123, 0.2, 0.5], table.Scores!);
            Assert.Equal([Verdict.Violating, Verdict.Safe, Verdict.Borderline], table.Verdicts);
            Assert.Equal([0, -1, 1], table.Labels);
            Assert.Equal(new DateTime(2026, 3, 1, 8, 0, 0, DateTimeKind.Utc).Ticks, table.Times![0]);
            Assert.Equal(new DateTime(2026, 3, 2, 0, 0, 0, 500, DateTimeKind.Utc).Ticks, table.Times[2]);
            Assert.Equal([12, 3, double.NaN], table.Views!);
            Assert.Equal([new Votes(1, 3), default, new Votes(3, 3)], table.Votes!);
            Assert.Equal("de", table.Column("language")![1]);
            Assert.IsType<LabelDesign.Unknown>(table.Design);
            Assert.Null(table.Periods);
        }
    }

    [Fact]
    public void Verdicts_follow_from_scores_and_cuts_when_there_is_no_verdict_column()
    {
        string path = folder.Write("d.csv", "id,score\na,0.1\nb,0.5\nc,0.9\n");

        var table = Assert.Single(Read(path, query => query with { Cuts = new Cuts(0.5, 0.9) }).Tables);

        Assert.Equal([Verdict.Safe, Verdict.Borderline, Verdict.Violating], table.Verdicts);
        Assert.Equal(new Cuts(0.5, 0.9), table.Cuts);
        Assert.IsType<LabelDesign.None>(table.Design);
    }

    [Fact]
    public void Columns_of_other_names_are_mapped_and_nested_ones_reached_by_a_dot()
    {
        string path = folder.Write("d.jsonl", """{"id":"a","meta":{"api":0.7,"part":"x"},"labels":{"toxicity":1}}""");

        var table = Assert.Single(Read(path, query => query with
        {
            Map = ColumnMap.Parse(["score=meta.api", "label=labels.toxicity"]),
            Cuts = new Cuts(null, 0.5),
        }).Tables);

        Assert.Equal([0.7], table.Scores!);
        Assert.Equal([1], table.Labels);
        Assert.Equal("x", table.Column("meta.part")![0]);
    }

    [Fact]
    public void Each_category_gets_a_table_and_one_can_be_asked_for()
    {
        string path = folder.Write("d.csv", "id,category,score,label\na,hate,0.9,1\na,spam,0.1,\nb,hate,0.2,0\nb,spam,0.8,\n");

        var log = Read(path, query => query with { Cuts = new Cuts(null, 0.5), LabelsAreRandom = true });

        Assert.Equal(["hate", "spam"], log.Tables.Select(table => table.Category));
        Assert.Equal([0.9, 0.2], log.Tables[0].Scores!);
        Assert.IsType<LabelDesign.Random>(log.Tables[0].Design);
        Assert.IsType<LabelDesign.None>(log.Tables[1].Design);

        var spam = Assert.Single(Read(path, query => query with { Cuts = new Cuts(null, 0.5), Category = "spam" }).Tables);
        Assert.Equal([0.1, 0.8], spam.Scores!);
    }

    [Fact]
    public void A_reference_file_and_a_time_split_the_log_into_periods()
    {
        string before = folder.Write("before.csv", "id,score,surface\na,0.1,chat\nb,0.9,chat\n");
        string now = folder.Write("now.csv", "score,id,time\n0.4,a,2026-03-01\n0.6,c,2026-03-03\n");

        var table = Assert.Single(Read(now, query => query with { Cuts = new Cuts(null, 0.5), Reference = InputFile.Find(before, () => Stream.Null) }).Tables);
        Assert.Equal([Period.Reference, Period.Reference, Period.Current, Period.Current], table.Periods!);
        Assert.Equal([0.1, 0.9, 0.4, 0.6], table.Scores!);
        Assert.Equal("chat", table.Column("surface")![1]);
        Assert.Null(table.Column("surface")![2]);

        table = Assert.Single(Read(now, query => query with { Cuts = new Cuts(null, 0.5), Since = new DateTime(2026, 3, 2, 0, 0, 0, DateTimeKind.Utc).Ticks }).Tables);
        Assert.Equal([Period.Reference, Period.Current], table.Periods!);
    }

    [Fact]
    public void A_bad_row_is_named_by_line_and_cause_and_costs_no_other_row()
    {
        string path = folder.Write("d.csv", "id,text,score\n1,\"a\nb\",0.1\n2,\"never closed,0.2\n3,c,1.3\n4,d,0.4,extra\n\n5,\"e\" x,0.5\n6,f \"quoted\" inside,0.6\n7,g,0.7\n");

        var log = Read(path, query => query with { Cuts = new Cuts(null, 0.5), MaxBadRows = 1 });

        var table = Assert.Single(log.Tables);
        Assert.Equal(["1", "6", "7"], [table.Ids[0], table.Ids[1], table.Ids[2]]);
        Assert.Equal(7, log.Report.Rows);
        Assert.Equal(4, log.Report.Rejected);
        Assert.Equal(["line 4", "line 5", "line 6", "line 8"], log.Report.Bad.Select(row => row.Place.Split(", ")[1]).Order(StringComparer.Ordinal));
        Assert.Contains(log.Report.Bad, row => row.Cause.Contains("\"1.3\"", StringComparison.Ordinal));
    }

    [Fact]
    public void Csv_cells_survive_every_buffer_boundary()
    {
        // Rows of awkward lengths over several megabytes: fields, quotes and line ends fall on every position of a refill.
        var text = new StringBuilder("id,text,score\r\n");
        const int Rows = 60_000;
        for (int i = 0; i < Rows; i++)
        {
            text.Append(i).Append(",\"").Append('x', i % 97).Append("\"\"\r\n").Append(i).Append("\",0.5\r\n");
        }

        string path = folder.Write("d.csv", text.ToString());
        var log = Read(path, query => query with { Cuts = new Cuts(null, 0.5) });

        var table = Assert.Single(log.Tables);
        Assert.Equal(Rows, table.Count);
        for (int i = 0; i < Rows; i += 7)
        {
            Assert.Equal($"{new string('x', i % 97)}\"\r\n{i}", table.Texts![i]);
        }
    }

    [Fact]
    public void What_classify_writes_is_read_as_the_decisions_on_a_category()
    {
        string path = folder.Write("d.jsonl", """
            {"id":"a","text":"one","labels":{"hate":1,"toxicity":0},"verdict":"borderline","category":"toxicity","scores":{"hate":0.9,"toxicity":0.2},"release":"r1"}
            {"id":"b","text":"two","labels":{"hate":0},"verdict":"safe","category":"hate","scores":{"hate":0.1},"release":"r1"}
            """);

        var hate = Assert.Single(Read(path, query => query with { Category = "hate", Cuts = new Cuts(null, .5), LabelsAreRandom = true }).Tables);
        Assert.Equal("hate", hate.Category);
        Assert.Equal([.9, .1], hate.Scores!);
        Assert.Equal([Verdict.Violating, Verdict.Safe], hate.Verdicts);
        Assert.Equal([1, 0], hate.Labels);
        Assert.DoesNotContain(hate.Columns, column => column.Name.StartsWith("labels.", StringComparison.Ordinal) || column.Name.StartsWith("scores.", StringComparison.Ordinal));

        var both = Read(path, query => query with { Cuts = new Cuts(null, .5) });
        Assert.Equal(["hate", "toxicity"], both.Tables.Select(table => table.Category));
        Assert.Equal(1, both.Tables[1].Count);
        Assert.Contains(both.Report.Assumed, assumed => assumed.StartsWith("1 contents have no score of toxicity", StringComparison.Ordinal));
    }

    [Fact]
    public void The_cuts_come_with_the_release_that_decided_when_it_is_the_shipped_one()
    {
        Release shipped;
        try
        {
            shipped = ReleaseFile.LoadShipped().Release;
        }
        catch (UnusableFileException stale)
        {
            Assert.Skip($"The shipped release has to be trained again: {stale.Message}");
            return;
        }

        var (category, thresholds) = shipped.Thresholds.First();
        string path = folder.Write("d.jsonl", $$$"""{"id":"a","scores":{"{{{category}}}":0.9},"release":"{{{shipped.Id}}}"}""");

        Assert.Equal(thresholds.Cuts, Assert.Single(Read(path).Tables).Cuts);
    }

    [Fact]
    public void Columns_that_name_things_are_no_slices_and_columns_that_group_are()
    {
        var csv = new StringBuilder("id,score,surface,url,title,hour\n");
        for (int i = 0; i < 1000; i++)
        {
            csv.Append($"{i},0.{i % 10},{(i % 3 == 0 ? "chat" : "forum")},https://example.test/{i},{(i % 5 == 0 ? new string('t', 80) : "short")},{i % 24}\n");
        }

        var log = Read(folder.Write("d.csv", csv.ToString()), query => query with { Cuts = new Cuts(null, .5) });

        Assert.Equal(["surface", "hour"], Assert.Single(log.Tables).Columns.Select(column => column.Name));
        Assert.Equal(["url", "title"], log.Tables[0].ColumnsSetAside);
    }

    [Fact]
    public void Labels_carry_a_rate_only_where_their_sampling_is_known()
    {
        LabelDesign Design(string rows, bool stated = false) => Assert.Single(Read(
            folder.Write("d.csv", "id,score,label,inclusion_probability,label_source\n" + rows),
            query => query with { Cuts = new Cuts(null, .5), LabelsAreRandom = stated }).Tables).Design;

        Assert.IsType<LabelDesign.None>(Design("a,0.1,,,\nb,0.2,,0.5,\n"));
        Assert.IsType<LabelDesign.Random>(Design("a,0.1,1,,\nb,0.2,,,\n", stated: true));
        Assert.Contains("appeals", Assert.IsType<LabelDesign.Unknown>(Design("a,0.1,1,,appeal\nb,0.2,,,\n")).Why, StringComparison.Ordinal);
        Assert.Contains("--labels random", Assert.IsType<LabelDesign.Unknown>(Design("a,0.1,1,,\nb,0.2,,,\n")).Why, StringComparison.Ordinal);
        Assert.Equal([.5, double.NaN, double.NaN], Assert.IsType<LabelDesign.Known>(Design("a,0.1,1,0.5,audit\nb,0.2,0,,\nc,0.3,0,0.4,appeal\n")).InclusionProbabilities);
    }

    private static DecisionLog Read(string path, Func<DecisionQuery, DecisionQuery>? with = null)
    {
        var query = new DecisionQuery { Files = InputFile.Find(path, () => Stream.Null) };
        return DecisionLog.Read(with is null ? query : with(query), TestContext.Current.CancellationToken);
    }

    private static byte[] Gzip(string text)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return bytes.ToArray();
    }

    private static byte[] Zstd(string text)
    {
        using var compressor = new ZstdSharp.Compressor();
        return compressor.Wrap(Encoding.UTF8.GetBytes(text)).ToArray();
    }

    private static string Parquet(string csv, string path)
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"COPY (SELECT * FROM read_csv('{csv}', types = {{'score': 'DOUBLE', 'label': 'INTEGER'}})) TO '{path}' (FORMAT parquet)";
        command.ExecuteNonQuery();
        return path;
    }
}
