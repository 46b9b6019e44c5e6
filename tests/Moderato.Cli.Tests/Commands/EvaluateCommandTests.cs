using System.Globalization;
using System.Text;
using System.Text.Json;
using Moderato.Releases;

namespace Moderato.Cli.Tests.Commands;

public sealed class EvaluateCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Recorded_scores_are_measured_at_the_threshold_given()
    {
        // 40 safe, 10 violating; at .5 four safe ones are flagged and two violating ones are not.
        var lines = new StringBuilder();
        for (int i = 0; i < 50; i++)
        {
            bool violating = i < 10;
            bool flagged = violating ? i >= 2 : i < 14;
            lines.Append(Row("toxicity", violating, flagged ? .5 + (i / 200.0) : .4 - (i / 200.0), "part", i % 2 == 0 ? "even" : "odd"));
        }

        lines.Append("""{"id":"x","text":"t","labels":{"toxicity":1},"meta":{}}""").Append('\n');
        string set = folder.Write("some-set.jsonl", lines.ToString());

        var found = await Evaluate(set, "--score", "meta.p", "--threshold", "0.5", "--by", "meta.part");

        var toxicity = Assert.Single(found.GetProperty("sets").EnumerateArray());
        Assert.Equal("some-set", toxicity.GetProperty("set").GetString());
        Assert.Equal("toxicity", toxicity.GetProperty("category").GetString());
        Assert.Equal(50, toxicity.GetProperty("n").GetInt32());
        Assert.Equal(10, toxicity.GetProperty("positives").GetInt32());
        Assert.Equal(1, toxicity.GetProperty("notJudged").GetInt32());
        Assert.Equal(.5, toxicity.GetProperty("threshold").GetDouble());
        Assert.Equal(.1, Estimate(toxicity, "fpr"), 1e-12);
        Assert.Equal(.2, Estimate(toxicity, "fnr"), 1e-12);
        Assert.Equal(((16 / 22.0) + (72 / 78.0)) / 2, Estimate(toxicity, "macroF1"), 1e-12);
        foreach (string figure in (string[])["macroF1", "averagePrecision", "rocAuc", "tprAtFpr05", "fpr", "fnr", "ece"])
        {
            var rate = toxicity.GetProperty(figure);
            Assert.InRange(rate.GetProperty("estimate").GetDouble(), rate.GetProperty("low").GetDouble(), rate.GetProperty("high").GetDouble());
            Assert.True(rate.GetProperty("low").GetDouble() < rate.GetProperty("high").GetDouble(), figure);
        }

        var groups = toxicity.GetProperty("groups").EnumerateArray().ToList();
        Assert.Equal([("even", 25), ("odd", 25)], groups.Select(group => (group.GetProperty("value").GetString()!, group.GetProperty("n").GetInt32())));
        Assert.All(groups, group => Assert.Equal("meta.part", group.GetProperty("by").GetString()));
    }

    [Fact]
    public async Task A_release_is_measured_at_its_own_threshold_on_the_split_asked_for()
    {
        string set = folder.Write("s.jsonl", """
            {"id":"1","text":"I hate all of them, they are vermin","labels":{"hate":1,"spam":0},"split":"test"}
            {"id":"2","text":"have a nice day","labels":{"hate":0},"split":"test"}
            {"id":"3","text":"nice weather","labels":{"hate":0},"split":"train"}
            """);

        var cascade = ReleaseFile.Load(folder.Release());
        var found = await Evaluate(set, "--release", folder["release"], "--category", "hate", "--split", "test");

        Assert.Equal(cascade.Release.Id, found.GetProperty("release").GetString());
        var hate = Assert.Single(found.GetProperty("sets").EnumerateArray());
        Assert.Equal(2, hate.GetProperty("n").GetInt32());
        Assert.Equal(cascade.Release.Thresholds["hate"].Cuts.ReviewFrom, hate.GetProperty("threshold").GetDouble());

        var block = Assert.Single((await Evaluate(set, "--release", folder["release"], "--category", "hate", "--at", "block")).GetProperty("sets").EnumerateArray());
        Assert.Equal(cascade.Release.Thresholds["hate"].Cuts.BlockFrom, block.GetProperty("threshold") is { ValueKind: JsonValueKind.Number } cut ? cut.GetDouble() : null);
    }

    [Fact]
    public async Task Calibration_is_told_without_the_bias_of_plain_ECE_and_beside_the_prior_that_the_scores_state()
    {
        // Scores of .1 and .3 that are right: plain ECE is above 0 by chance alone, the debiased one is 0 and the slope 1.
        string set = folder.Write("s.jsonl", string.Concat(Enumerable.Range(0, 200).Select(i => Row("toxicity", i < 100 ? i % 10 == 0 : i % 10 < 3, i < 100 ? .12 : .29, "by", "x"))));

        var found = (await Evaluate(set, "--score", "meta.p", "--threshold", "0.5")).GetProperty("sets")[0];

        Assert.Equal(0, Estimate(found, "debiasedEce"));
        Assert.InRange(Estimate(found, "ece"), .01, .03);
        Assert.Equal((Math.Log(.3 / .7) - Math.Log(.1 / .9)) / (Math.Log(.29 / .71) - Math.Log(.12 / .88)), Estimate(found, "calibrationSlope"), 1e-6);
        Assert.False(found.TryGetProperty("statedPrior", out _));

        string texts = folder.Write("t.jsonl", """{"id":"1","text":"vermin, all of them","labels":{"hate":1}}""" + "\n");
        var hate = (await Evaluate(texts, "--release", folder.Release())).GetProperty("sets")[0];
        Assert.Equal(ReleaseFile.Load(folder["release"]).Release.Calibration["hate"].Prior, hate.GetProperty("statedPrior").GetDouble());
        Assert.Contains("both classes", hate.GetProperty("calibrationSlope").GetProperty("unknown").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_row_whose_group_is_a_list_counts_in_each_of_them_once()
    {
        string set = folder.Write("s.jsonl", """
            {"text":"t","labels":{"hate":0},"meta":{"p":0.9,"terms":["a","b","a"]}}
            {"text":"t","labels":{"hate":0},"meta":{"p":0.1,"terms":["b"]}}
            {"text":"t","labels":{"hate":1},"meta":{"p":0.9,"terms":[]}}
            {"text":"t","labels":{"hate":1},"meta":{"p":0.1,"terms":"[b"}}
            """);

        var groups = (await Evaluate(set, "--score", "meta.p", "--threshold", "0.5", "--by", "meta.terms")).GetProperty("sets")[0].GetProperty("groups").EnumerateArray().ToList();

        Assert.Equal([("b", 2), ("[b", 1), ("a", 1)], groups.Select(group => (group.GetProperty("value").GetString()!, group.GetProperty("n").GetInt32())));
        Assert.Equal([.5, 1], groups.Where(group => group.GetProperty("value").GetString() is "a" or "b").Select(group => Estimate(group, "fpr")));
    }

    [Fact]
    public async Task A_gate_that_is_missed_ends_with_3_and_one_that_is_met_with_0()
    {
        string set = folder.Write("s.jsonl", string.Concat(Enumerable.Range(0, 40).Select(i => Row("hate", i % 2 == 1, i % 2 == 1 ? .9 : .1, "by", "x"))));
        string[] evaluate = ["evaluate", set, "--score", "meta.p", "--threshold", "0.5", "--json", "--gate"];
        string met = folder.Write("met.json", """{"bars":[{"metric":"fpr","atMost":0.1},{"metric":"averagePrecision","atLeast":0.9,"set":"s","category":"hate"}]}""");
        string missed = folder.Write("missed.json", """{"bars":[{"metric":"fpr","atMost":0.1},{"metric":"fpr","atMost":0.01,"bound":true}]}""");
        string wrong = folder.Write("wrong.json", """{"bars":[{"metric":"auc","atLeast":1},{"metric":"fpr"},{"metric":"fnr","atMost":0,"set":"other"}]}""");

        Assert.Equal(ExitCode.Done, (await Run([.. evaluate, met])).Exit);
        var (exit, output, _) = await Run([.. evaluate, missed]);
        Assert.Equal(ExitCode.AnswerIsNo, exit);
        Assert.Equal([true, false], JsonDocument.Parse(output).RootElement.GetProperty("gate").EnumerateArray().Select(bar => bar.GetProperty("met").GetBoolean()));

        (exit, output, string error) = await Run([.. evaluate, wrong]);
        Assert.Equal((ExitCode.WrongInput, ""), (exit, output));
        Assert.Contains("bar 1: metric \"auc\" is none of", error, StringComparison.Ordinal);
        Assert.Contains("bar 2: give either atLeast or atMost", error, StringComparison.Ordinal);
        Assert.Contains("bar 3: no set", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Authors_are_resampled_whole()
    {
        // Ten authors of 20 contents each, all alike: rows would pretend to 200 independent observations.
        string Set(string field) => folder.Write($"{field}.jsonl", string.Concat(Enumerable.Range(0, 200).Select(i => Row("hate", false, i / 20 < 3 ? .9 : .1, field, $"a{i / 20}"))));

        double byAuthor = await Width(Set("author"), "--score", "meta.p", "--threshold", "0.5");
        double byThread = await Width(Set("thread"), "--score", "meta.p", "--threshold", "0.5", "--cluster", "meta.thread");
        double byRow = await Width(Set("topic"), "--score", "meta.p", "--threshold", "0.5");

        Assert.InRange(byAuthor, .4, .7);
        Assert.Equal(byAuthor, byThread);
        Assert.InRange(byRow, .1, .16);

        static async Task<double> Width(string set, params string[] options)
        {
            var fpr = (await Evaluate(set, options)).GetProperty("sets")[0].GetProperty("fpr");
            return fpr.GetProperty("high").GetDouble() - fpr.GetProperty("low").GetDouble();
        }
    }

    [Fact]
    public async Task The_table_names_every_figure_and_fits_80_columns()
    {
        string set = folder.Write("s.jsonl", string.Concat(Enumerable.Range(0, 40).Select(i => Row("hate", i % 2 == 1, i % 3 == 1 ? .9 : .1, "kind", $"[k{i % 3}]"))));

        var (exit, output, error) = await Run("evaluate", set, "--score", "meta.p", "--threshold", "0.5", "--by", "meta.kind");

        Assert.Equal((ExitCode.Done, ""), (exit, error));
        foreach (string figure in (string[])["macro-F1", "average precision", "ROC AUC", "TPR at 5% FPR", "FPR", "FNR", "debiased ECE", "calibration slope", "50% violating", "[k0]"])
        {
            Assert.Contains(figure, output, StringComparison.Ordinal);
        }

        Assert.All(output.Split('\n'), line => Assert.InRange(line.Length, 0, 80));
    }

    private static string Row(string category, bool violating, double score, string field, string value) => string.Create(
        CultureInfo.InvariantCulture,
        $"{{\"text\":\"t\",\"labels\":{{\"{category}\":{(violating ? 1 : 0)}}},\"meta\":{{\"p\":{score:0.0000},\"{field}\":\"{value}\"}}}}\n");

    private static double Estimate(JsonElement set, string figure) => set.GetProperty(figure).GetProperty("estimate").GetDouble();

    private static async Task<JsonElement> Evaluate(string set, params string[] options)
    {
        var (exit, output, error) = await Run(["evaluate", set, "--json", .. options]);
        Assert.Equal((ExitCode.Done, ""), (exit, error));
        return JsonDocument.Parse(output).RootElement;
    }

    private static async Task<(int Exit, string Output, string Error)> Run(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        int exit = await Program.Run(args, output, error, TimeProvider.System);
        return (exit, output.ToString(), error.ToString());
    }
}
