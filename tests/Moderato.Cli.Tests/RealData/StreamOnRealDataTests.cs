using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Moderato.Tests;

namespace Moderato.Cli.Tests.RealData;

/// <summary>
/// The whole stream on real content. First the 19,817 recorded decisions of a production classifier (wikipedia-context with
/// the scores that the Perspective API gave), then our own tier on the same traffic with an event in it.
/// </summary>
public sealed class StreamOnRealDataTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task From_a_log_without_labels_to_rates_a_diagnosis_and_a_plan_that_hold_against_all_labels()
    {
        var contents = Wikipedia();
        string log = folder.Write("log.jsonl", Lines(contents.Select(c => Decision(c, c.Perspective, period: null, label: null))));
        string sheet = folder["sheet.csv"];

        await Run("sample", log, "--block-from", "0.5", "--budget", "1200", "--out", sheet);
        FillIn(sheet, contents.ToDictionary(c => c.Id, c => c.Label));
        var found = await Json("investigate", log, "--block-from", "0.5", "--labelled", sheet, "--objective-fpr", "0.01", "--per-day", "5000");
        var tuned = await Json("tune", log, "--block-from", "0.5", "--labelled", sheet, "--cost-fp", "1", "--cost-fn", "5", "--cost-review", "0.1", "--capacity", "100", "--per-day", "5000");
        var estimated = await Json("estimate", log, "--block-from", "0.5", "--labelled", sheet);

        double safe = contents.Count(c => c.Label == 0), violating = contents.Count(c => c.Label == 1);
        double fpr = contents.Count(c => c.Label == 0 && c.Perspective >= 0.5) / safe;
        double fnr = contents.Count(c => c.Label == 1 && c.Perspective < 0.5) / violating;
        Covers(found.GetProperty("rates").GetProperty("fpr"), fpr);
        Covers(found.GetProperty("rates").GetProperty("fnr"), fnr);
        Covers(estimated.GetProperty("fpr"), fpr);
        Covers(estimated.GetProperty("fnr"), fnr);
        string? cause = found.GetProperty("diagnosis")[0].GetProperty("cause").GetString();
        Assert.Contains(cause, (string[])["threshold", "slice", "inconclusive"]);
        Assert.Contains(found.GetProperty("plan").EnumerateArray(), remedy => remedy.GetProperty("statement").GetString()!.Contains(" of false positives", StringComparison.Ordinal));
        Assert.InRange(tuned.GetProperty("best").GetProperty("reviewsPerDay").GetDouble(), 0, 100);
    }

    [Theory]
    [InlineData("gametox", "toxicity", 2_500)]
    [InlineData("ag-news", "toxicity", 3_000)]
    [InlineData("medical-questions", "hate", 2_500)]
    public async Task An_event_in_natural_traffic_judged_by_our_own_tier_is_found_as_new_content(string set, string benignBy, int contentsOfEvent)
    {
        var natural = Wikipedia();
        var happening = Read(set).Where(c => c.Labels.ContainsKey(benignBy)).Take(contentsOfEvent)
            .Select(c => c with { Label = c.Labels.GetValueOrDefault("toxicity") }).ToList();
        var all = natural.Concat(happening).ToList();
        string texts = folder.Write("texts.jsonl", Lines(all.Select(c => JsonSerializer.Serialize(new { id = c.Id, text = c.Text }))));
        var scores = (await Run("classify", texts)).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement)
            .Where(line => line.GetProperty("scores").TryGetProperty("toxicity", out _))
            .ToDictionary(line => line.GetProperty("id").GetString()!, line => line.GetProperty("scores").GetProperty("toxicity").GetDouble());

        // A threshold set by hand on the first half: 2% of its safe content is flagged.
        var first = natural.Where((_, i) => i % 2 == 0 && scores.ContainsKey(natural[i].Id)).ToList();
        double cut = Math.Round(first.Where(c => c.Label == 0).Select(c => scores[c.Id]).OrderDescending().ElementAt(first.Count / 50), 3);
        var rows = natural.Select((c, i) => (Content: c, Period: i % 2 == 0 ? "reference" : "current"))
            .Concat(happening.Select(c => (Content: c, Period: "current")))
            .Where(row => scores.ContainsKey(row.Content.Id));
        string log = folder.Write("log.jsonl", Lines(rows.Select(row => Decision(row.Content, scores[row.Content.Id], row.Period, row.Content.Label))));

        var found = await Json("investigate", log, "--block-from", cut.ToString(CultureInfo.InvariantCulture), "--labels", "random", "--per-day", "5000");

        var principal = found.GetProperty("diagnosis")[0];
        double rise = Estimate(found, "fpr") / Estimate(found, "referenceFpr");
        Assert.Contains(principal.GetProperty("cause").GetString(), rise > 1.35 ? (string[])["new-content"] : ["new-content", "none", "inconclusive"]);
        Assert.True(found.GetProperty("shift").GetProperty("text").GetProperty("low").GetDouble() > 0.5);
    }

    private static double Estimate(JsonElement found, string rate) => found.GetProperty("rates").GetProperty(rate).GetProperty("estimate").GetDouble();

    private static void Covers(JsonElement rate, double truth)
    {
        // The interval is one of 95%, drawn once with a fixed seed: half as wide again, it should hold for any change of the draw.
        double low = rate.GetProperty("low").GetDouble(), high = rate.GetProperty("high").GetDouble();
        Assert.InRange(truth, low - ((high - low) / 4), high + ((high - low) / 4));
        Assert.True(high - low < 0.5);
    }

    private static void FillIn(string sheet, Dictionary<string, int> labels)
    {
        // Column label of each line, by id; the texts are quoted, so whole records are told apart by quotes.
        var records = Records(File.ReadAllText(sheet)).ToList();
        int label = records[0].IndexOf("label"), id = records[0].IndexOf("id");
        foreach (var record in records.Skip(1))
        {
            record[label] = labels[record[id]].ToString(CultureInfo.InvariantCulture);
        }

        File.WriteAllText(sheet, Lines(records.Select(record => string.Join(',', record.Select(field => $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")))));
    }

    private static IEnumerable<List<string>> Records(string csv)
    {
        var record = new List<string>();
        var field = new StringBuilder();
        bool quoted = false;
        for (int i = 0; i < csv.Length; i++)
        {
            char c = csv[i];
            if (quoted && c == '"' && i + 1 < csv.Length && csv[i + 1] == '"')
            {
                field.Append('"');
                i++;
            }
            else if (c == '"')
            {
                quoted = !quoted;
            }
            else if (!quoted && c is ',' or '\n')
            {
                record.Add(field.ToString().TrimEnd('\r'));
                field.Clear();
                if (c == '\n')
                {
                    yield return record;
                    record = [];
                }
            }
            else
            {
                field.Append(c);
            }
        }
    }

    private static List<Content> Wikipedia() => [.. Read("wikipedia-context").Where(c => !double.IsNaN(c.Perspective))];

    private static IEnumerable<Content> Read(string set)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(SharedData.File(set)), CompressionMode.Decompress));
        while (reader.ReadLine() is { } line)
        {
            using var document = JsonDocument.Parse(line);
            var row = document.RootElement;
            var labels = row.GetProperty("labels").EnumerateObject().ToDictionary(l => l.Name, l => l.Value.GetInt32());
            double perspective = row.GetProperty("meta").TryGetProperty("perspective_api", out var score)
                ? double.Parse(score.GetString()!, CultureInfo.InvariantCulture) : double.NaN;
            yield return new(row.GetProperty("id").GetString()!, row.GetProperty("text").GetString()!, labels, labels.GetValueOrDefault("toxicity"), perspective);
        }
    }

    private static string Decision(Content content, double score, string? period, int? label) =>
        JsonSerializer.Serialize(new { id = content.Id, text = content.Text, category = "toxicity", score, period, label });

    private static string Lines(IEnumerable<string> lines) => string.Concat(lines.Select(line => line + "\n"));

    private static async Task<JsonElement> Json(params string[] args) => JsonDocument.Parse(await Run([.. args, "--json"])).RootElement;

    private static async Task<string> Run(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        int exit = await Program.Run(args, output, error, TimeProvider.System);
        Assert.Equal((ExitCode.Done, ""), (exit, error.ToString()));
        return output.ToString();
    }

    private sealed record Content(string Id, string Text, Dictionary<string, int> Labels, int Label, double Perspective);
}
