using System.IO.Compression;
using System.Text;
using DuckDB.NET.Data;

namespace Moderato.Cli.Tests.Input;

/// <summary>What bad input gets: exit code 2 and a message with place, cause and remedy, pinned as golden text.</summary>
public sealed class BadInputTests : IDisposable
{
    private const string Good = "id,score\na,0.1\nb,0.6\n";
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("missing column", "id,scores\na,0.1\n", "--block-from 0.5")]
    [InlineData("file without header", "What a lovely day it is,0.1\nWhat else,0.2\n", "--block-from 0.5")]
    [InlineData("no threshold", Good, "")]
    [InlineData("score of 1.3", "id,score\na,1.3\nb,0.2\n", "--block-from 0.5")]
    [InlineData("score with a decimal comma", "id;score\na;0,3\nb;0.2\n", "--block-from 0.5")]
    [InlineData("score NaN", "id,score\na,NaN\nb,0.2\n", "--block-from 0.5")]
    [InlineData("label yes", "id,score,label\na,0.3,yes\nb,0.2,0\n", "--block-from 0.5")]
    [InlineData("label that is content", "id,score,label\na,0.3,you are all idiots\nb,0.2,0\n", "--block-from 0.5")]
    [InlineData("verdict of another word", "id,verdict\na,banned\nb,safe\n", "")]
    [InlineData("mixed time zones", "id,score,time\na,0.3,2026-03-01T10:00:00Z\nb,0.2,2026-03-01T10:00:00\n", "--block-from 0.5")]
    [InlineData("time that is none", "id,score,time\na,0.3,01.03.2026\nb,0.2,2026-03-01\n", "--block-from 0.5")]
    [InlineData("duplicate ids", "id,score\na,0.3\nb,0.2\na,0.4\n", "--block-from 0.5")]
    [InlineData("empty file", "", "--block-from 0.5")]
    [InlineData("header only", "id,score\n", "--block-from 0.5")]
    [InlineData("stray quote", "id,text,score\na,\"he said \"no\" to me\",0.3\nb,fine,0.2\nc,\"never closed,0.1\nd,fine,0.4\n", "--block-from 0.5")]
    [InlineData("too few and too many fields", "id,text,score\na,0.3\nb,x,0.2\nc,x,y,0.1\n", "--block-from 0.5")]
    [InlineData("two columns of one name", "id,score,score\na,0.3,0.4\n", "--block-from 0.5")]
    [InlineData("votes of 3 in 2", "id,score,votes\na,0.3,3/2\nb,0.2,1/3\n", "--block-from 0.5")]
    [InlineData("inclusion probability 0", "id,score,label,inclusion_probability\na,0.3,1,0\nb,0.2,0,0.5\n", "--block-from 0.5")]
    [InlineData("inclusion probability 1.2", "id,score,label,inclusion_probability\na,0.3,1,1.2\nb,0.2,0,0.5\n", "--block-from 0.5")]
    [InlineData("label source unknown", "id,score,label,label_source\na,0.3,1,friend\nb,0.2,0,audit\n", "--block-from 0.5")]
    [InlineData("random labels from appeals", "id,score,label,label_source\na,0.3,1,appeal\nb,0.2,0,audit\n", "--block-from 0.5 --labels random")]
    [InlineData("crossed thresholds", Good, "--review-from 0.7 --block-from 0.5")]
    [InlineData("threshold above 1", Good, "--block-from 50")]
    [InlineData("objective in percent", Good, "--block-from 0.5 --objective-fpr 3")]
    [InlineData("labels neither random nor absent", Good, "--block-from 0.5 --labels all")]
    [InlineData("category that is not there", "id,category,score\na,hate,0.3\na,violence,0.3\n", "--block-from 0.5 --category spam")]
    [InlineData("score of another category", "id,scores.hate\na,0.3\n", "--block-from 0.5 --category hatte")]
    [InlineData("map of a column that is not there", "id,p_toxic\na,0.3\n", "--block-from 0.5 --map score=p_toxik")]
    [InlineData("map that is none", Good, "--block-from 0.5 --map score")]
    [InlineData("since without times", Good, "--block-from 0.5 --since 2026-03-01")]
    [InlineData("since before all", "id,score,time\na,0.3,2026-03-02\nb,0.2,2026-03-03\n", "--block-from 0.5 --since 2026-03-01")]
    [InlineData("since that is no time", Good, "--block-from 0.5 --since yesterday")]
    [InlineData("period of another word", "id,score,period\na,0.3,before\nb,0.2,current\n", "--block-from 0.5")]
    [InlineData("share of bad rows that is none", Good, "--block-from 0.5 --max-bad-rows many")]
    [InlineData("budget too small", Good, "--block-from 0.5 --budget 3")]
    [InlineData("misspelt option", Good, "--blok-from 0.5")]
    [InlineData("number that is none", Good, "--block-from half")]
    public async Task Is_named_with_place_cause_and_remedy(string name, string csv, string options)
    {
        string path = folder.Write("d.csv", csv);
        await Check(name, ["sample", path, .. Words(options)]);
    }

    [Theory]
    [InlineData("no such file", "dd.csv")]
    [InlineData("a folder", ".")]
    [InlineData("a glob that matches nothing", "x*.csv")]
    [InlineData("its own reference", "d.csv --reference d.csv")]
    [InlineData("a copy as reference", "d.csv --reference r.csv")]
    [InlineData("reference without a score", "d.csv --reference bare.csv")]
    [InlineData("reference and since", "d.csv --reference r.csv --since 2026-03-01")]
    [InlineData("truncated Parquet", "cut.parquet")]
    [InlineData("Parquet that is none", "text.parquet")]
    [InlineData("truncated gzip", "cut.csv.gz")]
    [InlineData("truncated zstd", "cut.csv.zst")]
    [InlineData("UTF-16", "wide.csv")]
    [InlineData("not UTF-8", "latin1.csv")]
    [InlineData("JSON array", "array.json")]
    [InlineData("JSON lines with bad ones", "bad.jsonl")]
    public async Task Files_that_cannot_be_read_are_named(string name, string arguments)
    {
        folder.Write("d.csv", Good);
        folder.Write("r.csv", Good);
        folder.Write("bare.csv", "id,text\na,hello\n");
        folder.Write("text.parquet", "id,score\na,0.4\n");
        folder.Write("cut.parquet", File.ReadAllBytes(Parquet(folder["whole.parquet"]))[..^200]);
        string rows = "id,score\n" + string.Concat(Enumerable.Range(0, 2000).Select(i => $"c{i * 7919 % 2003},0.{i % 10}\n"));
        folder.Write("cut.csv.gz", Gzip(rows)[..^900]);
        folder.Write("cut.csv.zst", new ZstdSharp.Compressor().Wrap(Encoding.UTF8.GetBytes(rows)).ToArray()[..^900]);
        folder.Write("wide.csv", [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(Good)]);
        folder.Write("latin1.csv", Encoding.Latin1.GetBytes("id,text,score\na,café,0.3\nb,tea,0.2\n"));
        folder.Write("array.json", "[{\"id\":\"a\",\"score\":0.3}]\n");
        folder.Write("bad.jsonl", "{\"id\":\"a\",\"score\":0.3}\n{\"id\":\"b\",score:0.2}\n\"c\"\n{\"id\":\"d\",\"score\":0.1} x\n{\"id\":\"e\",\"text\":\"\\ud800\"}\n");
        await Check(name, ["sample", .. Words(arguments).Select(word => word.StartsWith('-') || word.StartsWith("2026", StringComparison.Ordinal) ? word : folder[word]), "--block-from", "0.5"]);
    }

    [Theory]
    [InlineData("sheet of other ids", "id,label,inclusion_probability\nx,1,0.5\na,0,0.5\n1.23E+15,0,0.5\n")]
    [InlineData("sheet without labels", "id,label,inclusion_probability\na,,0.5\nb,,0.5\n")]
    [InlineData("sheet without probabilities", "id,label\na,1\nb,0\n")]
    [InlineData("sheet with a wrong label", "id,label,inclusion_probability\na,maybe,0.5\nb,0,0.5\n")]
    public async Task A_sheet_that_cannot_be_joined_is_named(string name, string sheet)
    {
        string decisions = folder.Write("d.csv", Good);
        await Check(name, ["investigate", decisions, "--block-from", "0.5", "--labelled", folder.Write("sheet.csv", sheet)]);
    }

    [Theory]
    [InlineData("evaluate without text", "evaluate", "{\"id\":\"a\",\"labels\":{\"hate\":1}}\n", "")]
    [InlineData("evaluate without labels", "evaluate", "{\"id\":\"a\",\"text\":\"b\"}\n", "")]
    [InlineData("evaluate a category that nobody judges", "evaluate", "{\"id\":\"a\",\"text\":\"b\",\"labels\":{\"rudeness\":1}}\n", "")]
    [InlineData("evaluate a split that is not there", "evaluate", "{\"id\":\"a\",\"text\":\"b\",\"labels\":{\"hate\":1},\"split\":\"train\"}\n", "--split test")]
    [InlineData("evaluate by a column that is not there", "evaluate", "{\"id\":\"a\",\"text\":\"b\",\"labels\":{\"hate\":1},\"meta\":{\"kind\":\"x\"}}\n", "--by meta.knid")]
    [InlineData("evaluate a recorded score without a threshold", "evaluate", "{\"id\":\"a\",\"text\":\"b\",\"labels\":{\"hate\":1},\"meta\":{\"p\":0.3}}\n", "--score meta.p")]
    [InlineData("evaluate a label of 2", "evaluate", "{\"id\":\"a\",\"text\":\"b\",\"labels\":{\"hate\":2}}\n", "")]
    [InlineData("classify without text", "classify", "{\"id\":\"a\",\"body\":\"b\"}\n", "")]
    public async Task Sets_that_cannot_be_used_are_named(string name, string command, string lines, string options)
    {
        folder.Release();
        await Check(name, [command, folder.Write("set.jsonl", lines), "--release", folder["release"], .. Words(options)]);
    }

    [Fact]
    public async Task A_release_that_is_not_there_is_named() =>
        await Check("classify with a release that is not there", ["classify", folder.Write("t.txt", "a\n"), "--release", folder["nowhere"]]);

    private static string[] Words(string options) => options.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private async Task Check(string name, string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        int exit = await Program.Run(args, output, error, TimeProvider.System);

        Assert.Equal("", output.ToString());
        Assert.Equal(ExitCode.WrongInput, exit);
        Golden.Check(Path.Combine("BadInput", name.Replace(' ', '-')), Anonymous($"$ moderato {string.Join(' ', args)}\n{error}"));
    }

    private string Anonymous(string text) => text.Replace(folder[""] + Path.DirectorySeparatorChar, "", StringComparison.Ordinal);

    private static byte[] Gzip(string text)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Optimal))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return bytes.ToArray();
    }

    private static string Parquet(string path)
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"COPY (SELECT i AS id, i / 10000.0 AS score FROM range(5000) t(i)) TO '{path}' (FORMAT parquet)";
        command.ExecuteNonQuery();
        return path;
    }
}
