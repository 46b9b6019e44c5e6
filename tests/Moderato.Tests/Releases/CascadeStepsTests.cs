using CsCheck;
using Moderato.Classification;
using Moderato.Decisions;
using Moderato.Policies;
using Moderato.Releases;

namespace Moderato.Tests.Releases;

public sealed class CascadeStepsTests
{
    private static readonly Cascade Cascade = new(WithLlm(OnFailure.Review), SeededRelease.Model);

    [Theory]
    [InlineData(0.05, 0.1, "en", new string[0])] // below the band
    [InlineData(0.10, 0.1, "en", new[] { "hate" })]
    [InlineData(0.59, 0.1, "en-GB", new[] { "hate" })]
    [InlineData(0.60, 0.1, "en", new string[0])] // the band's end is out of it
    [InlineData(0.30, 0.1, "de", new string[0])] // not fit for the language
    [InlineData(double.NaN, 0.1, "en", new[] { "hate" })] // nobody judged it yet
    public void Asks_about_what_lies_in_the_band_or_was_not_judged(double hate, double toxicity, string language, string[] asked) =>
        Assert.Equal(asked, Cascade.AskedBy(At(hate, toxicity) with { Language = language }, Llm));

    [Theory]
    [InlineData("hate", "en", true)]
    [InlineData("hate", "en-GB", true)]
    [InlineData("hate", "xx", false)] // no tier is fit for the language
    [InlineData("sexual", "en", false)] // nor for the category
    public void Says_what_some_tier_may_judge(string category, string language, bool judged) => Assert.Equal(judged, Cascade.MayJudge(category, language));

    [Fact]
    public void Decides_by_the_combined_probability_and_says_so()
    {
        var state = At(0.45, 0.1);
        var after = Cascade.Apply(state, Llm, ["hate"], Judged(("hate", 0.9)));
        double expected = Math.Round(1 / (1 + Math.Exp(-(-0.2 + (0.5 * LogisticMap.Logit(0.45)) + LogisticMap.Logit(0.9)))), 4);
        Assert.Equal(expected, after.Scores[0]);
        Assert.Equal((Verdict.Violating, "llm"), (after.Verdict.Verdict, after.Tier));
        Assert.Equal(["hate"], after.Steps[0].Combined);
        Assert.Null(after.Steps[0].Became);

        // Without the earlier tier's score its own map stands.
        var alone = Cascade.Apply(At(double.NaN, 0.1), Llm, ["hate"], Judged(("hate", 0.9)));
        Assert.Equal(0.9, alone.Scores[0], 1e-9);
        Assert.Empty(alone.Steps[0].Combined);
    }

    public static TheoryData<OnFailure, double, Verdict, bool> Failures => new()
    {
        { OnFailure.Review, 0.2, Verdict.Borderline, false },
        { OnFailure.Review, 0.55, Verdict.Borderline, false },
        { OnFailure.PreviousTier, 0.2, Verdict.Safe, false },
        { OnFailure.PreviousTier, double.NaN, Verdict.Borderline, false }, // no tier before judged it
        { OnFailure.Refuse, 0.2, Verdict.Safe, true },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public void Sends_content_where_the_release_says_when_the_tier_fails(OnFailure onFailure, double hate, Verdict verdict, bool refused)
    {
        var cascade = new Cascade(WithLlm(onFailure), SeededRelease.Model);
        foreach (var outcome in (TierOutcome[])[new TierOutcome.Failed(ProviderFault.RateLimited), new TierOutcome.NotAsked(NotAskedBecause.CircuitOpen), Judged()])
        {
            var after = cascade.Apply(At(hate, 0.1), cascade.Release.Escalations![0], ["hate"], outcome);
            Assert.Equal((verdict, refused), (after.Verdict.Verdict, after.Refused));
            Assert.NotNull(after.Steps[0].Became);
        }
    }

    [Fact]
    public void No_answer_lowers_a_verdict_above_its_band() =>
        Gen.Select(Gen.Double[0, 1], Gen.Double[0, 1], Gen.Double[0, 1]).Sample((hate, toxicity, answer) =>
        {
            var before = At(Math.Round(hate, 4), Math.Round(toxicity, 4));
            var asked = Cascade.AskedBy(before, Llm);
            var after = Cascade.Apply(before, Llm, asked, Judged(("hate", answer), ("toxicity", 0)));
            return before.Scores[0] < 0.6 || after.Verdict.Verdict >= before.Verdict.Verdict;
        });

    [Fact]
    public void Judges_a_category_that_only_a_later_tier_knows()
    {
        var release = WithLlm(OnFailure.Review);
        release = release with
        {
            Policy = release.Policy with { Categories = [.. release.Policy.Categories, new CategoryPolicy { Category = Category.Spam, Definition = "Sells." }] },
            Thresholds = new Dictionary<string, CategoryThresholds>(release.Thresholds) { [Category.Spam] = new() { Cuts = new Cuts(0.5, null) } },
            Escalations =
            [
                release.Escalations![0] with
                {
                    Bands = new Dictionary<string, EscalationBand> { [Category.Spam] = new(0, 1) },
                    Calibration = new Dictionary<string, TierCalibration> { [Category.Spam] = new(new LogisticMap(0, new Dictionary<string, double> { ["llm"] = 1 }), null, 0.1) },
                    Languages = new Dictionary<string, IReadOnlyList<string>> { [Category.Spam] = ["en"] },
                },
            ],
        };
        var cascade = new Cascade(release, SeededRelease.Model);
        Assert.Equal(["hate", "toxicity", "spam"], cascade.Categories);
        var state = cascade.Begin("some text", "en", null);
        Assert.True(double.IsNaN(state.Scores[2]));
        Assert.Equal(["spam"], cascade.AskedBy(state, release.Escalations[0]));
        var decision = cascade.DecisionOf(cascade.Apply(state, release.Escalations[0], ["spam"], Judged(("spam", 0.8))));
        Assert.Equal(0.8, decision.Scores["spam"], 1e-9);
    }

    [Fact]
    public void A_release_says_all_that_is_wrong_with_its_later_tiers()
    {
        var release = WithLlm(OnFailure.Review);
        var wrong = release with
        {
            Tiers = [],
            Escalations =
            [
                release.Escalations![0] with
                {
                    Bands = new Dictionary<string, EscalationBand> { ["hate"] = new(0.6, 0.2), ["spam"] = new(0, 1) },
                    Languages = new Dictionary<string, IReadOnlyList<string>>(),
                    Calibration = new Dictionary<string, TierCalibration>
                    {
                        ["hate"] = new(new LogisticMap(0, new Dictionary<string, double> { ["llm"] = -1 }), new LogisticMap(0, new Dictionary<string, double> { ["encoder"] = 1 }), 2),
                    },
                },
            ],
        };
        string said = Assert.Throws<ArgumentException>(() => new Cascade(wrong, SeededRelease.Model)).Message;
        Assert.All(
            ["names no model of it", "escalates from 0.6 to 0.2", "\"spam\" of the tier llm is not in the policy", "has no language", "states a prior of 2", "a weight above 0", "rests on \"encoder\""],
            part => Assert.Contains(part, said, StringComparison.Ordinal));
    }

    [Fact]
    public void Comes_back_from_the_disk_as_it_was()
    {
        string directory = Directory.CreateTempSubdirectory("moderato-release").FullName;
        try
        {
            byte[] llm = """{"model": "m", "adapter": "chat-json"}"""u8.ToArray();
            string hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(llm));
            var release = WithLlm(OnFailure.PreviousTier);
            ReleaseFile.Save(release with { Tiers = [release.Tiers[0] with { Sha256 = hash }] }, SeededRelease.Model, directory);
            Assert.Contains("llm.json: there is no such file", Assert.Throws<UnusableFileException>(() => ReleaseFile.Load(directory)).Message, StringComparison.Ordinal);
            File.WriteAllText(Path.Combine(directory, "llm.json"), "{}");
            Assert.Contains("its SHA-256 is", Assert.Throws<UnusableFileException>(() => ReleaseFile.Load(directory)).Message, StringComparison.Ordinal);
            File.WriteAllBytes(Path.Combine(directory, "llm.json"), llm);
            var loaded = ReleaseFile.Load(directory).Release.Escalations!;
            Assert.Equal(OnFailure.PreviousTier, loaded[0].OnFailure);
            Assert.Equal(new EscalationBand(0.1, 0.6), loaded[0].Bands["hate"]);
            Assert.Equal(1, loaded[0].Calibration["hate"].Combined!.Weights["llm"]);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static Escalation Llm => Cascade.Release.Escalations![0];

    private static TierOutcome.Judged Judged(params (string Category, double Score)[] scores) =>
        new(scores.ToDictionary(score => score.Category, score => score.Score), ConfidenceSource.TokenProbability);

    private static CascadeState At(double hate, double toxicity)
    {
        double[] scores = [hate, toxicity];
        return new()
        {
            Language = "en",
            Scores = scores,
            ByTier = Cascade.Categories.Zip(scores).ToDictionary(
                pair => pair.First,
                pair => (IReadOnlyDictionary<string, double>)(double.IsNaN(pair.Second) ? [] : new Dictionary<string, double> { ["ngram"] = pair.Second })),
            Verdict = Cascade.Decide(scores, "en", null),
            Tier = "ngram",
        };
    }

    private static Release WithLlm(OnFailure onFailure) => SeededRelease.Create() with
    {
        Tiers = [new TierModel("llm", "m@chat-json", "llm.json", "00")],
        Escalations =
        [
            new Escalation
            {
                Tier = "llm",
                Bands = new Dictionary<string, EscalationBand> { ["hate"] = new(0.1, 0.6) },
                Calibration = new Dictionary<string, TierCalibration>
                {
                    ["hate"] = new(
                        new LogisticMap(0, new Dictionary<string, double> { ["llm"] = 1 }),
                        new LogisticMap(-0.2, new Dictionary<string, double> { ["ngram"] = 0.5, ["llm"] = 1 }),
                        0.1),
                },
                Languages = new Dictionary<string, IReadOnlyList<string>> { ["hate"] = ["en"] },
                OnFailure = onFailure,
            },
        ],
    };
}
