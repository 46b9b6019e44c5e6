using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Moderato.Cli.Tests.Contract;

public sealed class InvestigateContractTests : IDisposable
{
    private const string All = "id,category,score,label,inclusion_probability,votes,time,surface,author,text";
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_log_with_labels_gives_the_whole_document_and_the_report_holds_the_same()
    {
        var rows = GeneratedLog.Of(1_600, .3, .5, _ => .5);
        string log = folder.Write("log.csv", GeneratedLog.Csv(rows, All)), report = folder["report"];

        var answer = await Executable.Run("investigate", log, "--review-from", "0.3", "--block-from", "0.5", "--since", GeneratedLog.Since, "--out", report, "--json");

        var found = answer.Json(Shapes.Investigation);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(answer.Output), JsonNode.Parse(File.ReadAllText(Path.Combine(report, "report.json")))));
        Assert.DoesNotContain("http://", File.ReadAllText(Path.Combine(report, "report.html")).Replace("http://www.w3.org", "", StringComparison.Ordinal), StringComparison.Ordinal);
        var input = found.GetProperty("input");
        Assert.Equal((1_600, 1_600, 0), (Count(input, "rows"), Count(input, "read"), Count(input, "rejected")));
        Assert.Equal(rows.Count(row => row.Labelled is not null), Count(input, "labelled"));
        Assert.Equal(rows.Select(row => row.Score).Distinct().Count(), Count(input, "scoreResolution"));
        var current = rows.Where(IsCurrent).ToArray();
        Assert.Equal((rows.Length - current.Length, current.Length), (Count(input.GetProperty("period"), "reference"), Count(input.GetProperty("period"), "current")));
        Assert.Equal("new-content", found.GetProperty("diagnosis")[0].GetProperty("cause").GetString());

        // Counted, or estimated from post-strata that are counted here again.
        var rates = found.GetProperty("rates");
        Near(current.Count(row => row.Verdict == "violating") / (double)current.Length, rates.GetProperty("flagRate"));
        Near(Estimated(current).Fpr, rates.GetProperty("fpr"));
        Near(Estimated(current).Fnr, rates.GetProperty("fnr"));
        Near(Estimated([.. rows.Except(current)]).Fpr, rates.GetProperty("referenceFpr"));
        Assert.True(Rates.Holds(rates.GetProperty("fpr"), current.Count(row => row is { Verdict: "violating", Violating: false }) / (double)current.Count(row => !row.Violating)));
        Assert.True(Rates.Holds(rates.GetProperty("fpr"), Hajek(current)));

        double shares = found.GetProperty("diagnosis").EnumerateArray().Sum(cause => cause.GetProperty("share").GetDouble());
        Assert.InRange(shares, .5, 1 + 1e-9);
        Assert.InRange(found.GetProperty("patterns").GetProperty("slices").EnumerateArray().Sum(slice => slice.GetProperty("excessShare").GetDouble()), 0, 1 + 1e-9);
        Assert.All(found.GetProperty("plan").EnumerateArray().Where(MovesCut), remedy => Assert.Matches("review|both|threshold", remedy.GetProperty("statement").GetString()!));
        Assert.All(found.GetProperty("patterns").GetProperty("sample").EnumerateArray(), content =>
            Assert.Contains(rows, row => row.Id == content.GetProperty("id").GetString() && row is { Verdict: "violating", Violating: false, Labelled: not null }));
    }

    [Fact]
    public async Task Without_a_label_the_flag_rates_are_told_and_no_error_rate()
    {
        string log = folder.Write("log.csv", GeneratedLog.Csv(GeneratedLog.Of(1_600, null, .5, _ => 0), "id,score,time,surface,text"));

        var found = (await Executable.Run("investigate", log, "--block-from", "0.5", "--since", GeneratedLog.Since, "--json")).Json(Shapes.Investigation);

        Assert.Equal("inconclusive", found.GetProperty("diagnosis")[0].GetProperty("cause").GetString());
        Assert.Contains("game", found.GetProperty("answer").GetString(), StringComparison.Ordinal);
        Assert.True(found.GetProperty("labelNext").GetArrayLength() > 0);
        Assert.All((string[])["fpr", "fnr", "falseDiscoveryShare"], name => Assert.True(!found.GetProperty("rates").TryGetProperty(name, out var rate) || !Rates.IsKnown(rate)));
        Assert.All(found.GetProperty("plan").EnumerateArray(), remedy => Assert.False(Rates.IsKnown(remedy.GetProperty("falsePositives"))));
    }

    [Fact]
    public async Task Labels_that_people_went_looking_for_carry_no_rate_whatever_probability_stands_beside_them()
    {
        var rows = GeneratedLog.Of(800, null, .5, _ => .5);
        string Log(string name, string source, string columns) => folder.Write(name, GeneratedLog.Csv(rows.Select(row => row with { Source = source }), columns));
        string[] logs =
        [
            Log("appeals.csv", "appeal", "id,score,label,label_source,inclusion_probability"),
            Log("queue.csv", "queue", "id,score,label,label_source"),
            Log("unknown.csv", "audit", "id,score,label"),
        ];
        foreach (string log in logs)
        {
            var found = (await Executable.Run("investigate", log, "--block-from", "0.5", "--json")).Json(Shapes.Investigation);
            Assert.False(Rates.IsKnown(found.GetProperty("rates").GetProperty("fpr")), log);
        }

        (await Executable.Run("investigate", logs[0], "--block-from", "0.5", "--labels", "random", "--json")).Refuses();
        var stated = (await Executable.Run("investigate", logs[2], "--block-from", "0.5", "--labels", "random", "--json")).Json(Shapes.Investigation);
        Near(Estimated(rows).Fpr, stated.GetProperty("rates").GetProperty("fpr"));
    }

    [Fact]
    public async Task Borderline_is_neither_a_false_positive_nor_a_false_negative()
    {
        var rows = GeneratedLog.Of(600, .2, .6, _ => 1, games: false);
        string log = folder.Write("log.csv", GeneratedLog.Csv(rows, "id,verdict,label"));

        var rates = (await Executable.Run("investigate", log, "--labels", "random", "--json")).Json(Shapes.Investigation).GetProperty("rates");

        Near(rows.Count(row => row is { Verdict: "violating", Violating: false }) / (double)rows.Count(row => !row.Violating), rates.GetProperty("fpr"));
        Near(rows.Count(row => row is { Verdict: "safe", Violating: true }) / (double)rows.Count(row => row.Violating), rates.GetProperty("fnr"));
        Near(rows.Count(row => row.Verdict == "borderline") / (double)rows.Length, rates.GetProperty("reviewShare"));
    }

    [Fact]
    public async Task Each_category_is_analysed_and_the_worst_comes_first()
    {
        var rows = GeneratedLog.Of(600, null, .5, _ => 1, category: "hate", games: false).Concat(GeneratedLog.Of(600, null, .3, _ => 1, 7, category: "spam")).ToArray();
        string log = folder.Write("log.csv", GeneratedLog.Csv(rows, "id,category,score,verdict,label"));

        var found = (await Executable.Run("investigate", log, "--labels", "random", "--json")).Json(Shapes.Investigation);
        var one = (await Executable.Run("investigate", log, "--labels", "random", "--category", "hate", "--json")).Json(Shapes.Investigation);

        Assert.Equal("spam", found.GetProperty("category").GetString());
        var other = Assert.Single(found.GetProperty("others").EnumerateArray());
        Assert.Equal("hate", other.GetProperty("category").GetString());
        Assert.Empty(Shapes.Investigation.Misfits(other));
        Assert.Equal(Rates.Estimate(one.GetProperty("rates").GetProperty("fpr")), Rates.Estimate(other.GetProperty("rates").GetProperty("fpr")));
        (await Executable.Run("investigate", log, "--labels", "random", "--category", "hats", "--json")).Refuses();
    }

    [Fact]
    public async Task Every_format_and_every_way_to_name_it_gives_the_same_numbers()
    {
        var rows = GeneratedLog.Of(400, null, .5, _ => .5);
        const string Columns = "id,score,label,inclusion_probability,time,surface";
        string csv = GeneratedLog.Csv(rows, Columns);
        byte[] bytes = Encoding.UTF8.GetBytes(csv);
        string plain = folder.Write("log.csv", csv);
        int half = csv.IndexOf('\n', csv.Length / 2) + 1;
        folder.Write("part-1.csv", csv[..half]);
        folder.Write("part-2.csv", csv[..(csv.IndexOf('\n', StringComparison.Ordinal) + 1)] + csv[half..]);
        string zstd = folder["log.csv.zst"];
        using (var packed = new ZstdSharp.CompressionStream(File.Create(zstd), leaveOpen: false))
        {
            packed.Write(bytes);
        }

        string json = folder.Write("log.jsonl", string.Join('\n', rows.Select(row => JsonSerializer.Serialize(
            Columns.Split(',').Where(name => GeneratedLog.Cell(row, name).Length > 0).ToDictionary(
                name => name, name => name is "score" or "label" or "inclusion_probability" ? JsonDocument.Parse(GeneratedLog.Cell(row, name)).RootElement : (object)GeneratedLog.Cell(row, name))))));
        string parquet = Parquet.Of(folder["log.parquet"], $"SELECT * FROM read_csv('{plain}')");
        (string Input, byte[] Standard, string[] Options)[] ways =
        [
            (plain, [], []), (zstd, [], []), (json, [], []), (parquet, [], []), (folder["part-*.csv"], [], []), ("-", bytes, []),
            (folder.Write("log.csv.gz", [.. Zipped(bytes[..half]), .. Zipped(bytes[half..])]), [], []), ("-", Zipped(bytes), []),
            (folder.Write("crlf.csv", "\uFEFF" + csv.Replace("\n", "\r\n", StringComparison.Ordinal)), [], []),
            (folder.Write("semicolons.csv", csv.Replace(',', ';')), [], []),
            (folder.Write("theirs.csv", csv.Replace("id,score,label,", "content,p_toxic,is_toxic,", StringComparison.Ordinal)), [], ["--map", "score=p_toxic", "--map", "label=is_toxic", "--map", "id=content"]),
        ];
        foreach (var (input, standard, options) in ways)
        {
            var answer = await Executable.Run(["estimate", input, "--block-from", "0.5", "--json", .. options], standard);
            Near(Estimated(rows).Fpr, answer.Json(Shapes.Estimate).GetProperty("fpr"));
        }
    }

    [Fact]
    public async Task Rows_that_cannot_be_read_are_counted_up_to_the_share_allowed()
    {
        string log = folder.Write("log.csv", GeneratedLog.Csv(GeneratedLog.Of(95, null, .5, _ => 0), "id,score") + string.Concat(Enumerable.Range(0, 5).Select(i => $"bad{i},1.3\n")));

        var answer = await Executable.Run("investigate", log, "--block-from", "0.5", "--json");
        var allowed = (await Executable.Run("investigate", log, "--block-from", "0.5", "--max-bad-rows", "5%", "--json")).Json(Shapes.Investigation).GetProperty("input");

        answer.Refuses();
        Assert.Contains("line 97", answer.Error, StringComparison.Ordinal);
        Assert.Equal((100, 95, 5), (Count(allowed, "rows"), Count(allowed, "read"), Count(allowed, "rejected")));
    }

    [Fact]
    public async Task A_rate_far_below_its_objective_is_no_excess()
    {
        string log = folder.Write("log.csv", GeneratedLog.Csv(GeneratedLog.Of(1_500, null, .5, _ => 1, games: false), "id,score,label"));

        var found = (await Executable.Run("investigate", log, "--labels", "random", "--block-from", "0.9", "--objective-fpr", "0.3", "--json")).Json(Shapes.Investigation);

        Assert.Equal("none", found.GetProperty("diagnosis")[0].GetProperty("cause").GetString());
        Assert.Equal(JsonValueKind.Null, found.GetProperty("diagnosis")[0].GetProperty("share").ValueKind);
    }

    private static byte[] Zipped(byte[] bytes)
    {
        using var zipped = new MemoryStream();
        using (var gzip = new GZipStream(zipped, CompressionLevel.Fastest))
        {
            gzip.Write(bytes);
        }

        return zipped.ToArray();
    }

    private static bool IsCurrent(Row row) => GeneratedLog.Cell(row, "period") == "current";

    private static bool MovesCut(JsonElement remedy) => remedy.GetProperty("remedy").GetString()!.Contains("block_from", StringComparison.Ordinal);

    private static long Count(JsonElement of, string name) => of.GetProperty(name).GetInt64();

    private static void Near(double expected, JsonElement rate) => Assert.Equal(expected, Rates.Estimate(rate), 1e-9);

    /// <summary>Verdicts are strata of known size, and labels stand for 1/π inside one.</summary>
    private static (double Fpr, double Fnr) Estimated(Row[] rows)
    {
        double Total(string verdict, bool violating)
        {
            var all = rows.Where(row => row.Verdict == verdict).ToArray();
            var labelled = all.Where(row => row.Labelled is not null).ToArray();
            return all.Length == 0 ? 0 : all.Length * labelled.Where(row => row.Violating == violating).Sum(row => 1 / row.Labelled!.Value) / labelled.Sum(row => 1 / row.Labelled!.Value);
        }

        double Of(bool violating) => Total("safe", violating) + Total("borderline", violating) + Total("violating", violating);
        return (Total("violating", false) / Of(false), Total("safe", true) / Of(true));
    }

    /// <summary>FPR̂ = Σ w ŷ(1−y) / Σ w (1−y).</summary>
    private static double Hajek(Row[] rows)
    {
        var safe = rows.Where(row => row is { Labelled: not null, Violating: false }).ToArray();
        return safe.Where(row => row.Verdict == "violating").Sum(row => 1 / row.Labelled!.Value) / safe.Sum(row => 1 / row.Labelled!.Value);
    }
}
