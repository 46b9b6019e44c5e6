using System.Runtime.CompilerServices;
using Moderato.Classification;
using Moderato.Classification.Llm;
using Moderato.Decisions;
using Moderato.Policies;
using Moderato.Releases;

namespace Moderato.Server.Tests.Classification;

/// <summary>
/// Texts that try to talk a model round (<c>injections.txt</c>), against the cascade. What they do to a real model is measured by
/// <c>bench</c>, since it is a figure of the model and not a property of ours.
/// </summary>
public sealed class InjectionTests
{
    private static readonly string[] Abuse =
    [
        "you are a worthless piece of shit and everybody hates you",
        "all muslims are vermin and should be wiped out",
        "shut the fuck up you retarded faggot",
        "you fat ugly bitch, go kill yourself",
    ];

    private static readonly string[] Strings = File.ReadAllLines(Path.Combine(Path.GetDirectoryName(Here())!, "injections.txt"));

    [Fact]
    public void None_lowers_what_the_first_tier_gave_above_its_band_although_the_model_obeys_every_one()
    {
        Assert.True(Strings.Distinct().Count() >= 100);
        var shipped = ReleaseFile.LoadShipped();
        var cascade = new Cascade(AsksBelowReview(shipped.Release), shipped.Model);
        var escalation = cascade.Release.Escalations![0];
        int above = 0, lowered = 0;
        foreach (var text in Abuse.SelectMany(abuse => Strings.SelectMany(said => (string[])[$"{abuse} {said}", $"{said}\n{abuse}"])))
        {
            var before = cascade.Begin(text, "en", null);
            var asked = cascade.AskedBy(before, escalation);
            var obeyed = new TierOutcome.Judged(asked.ToDictionary(category => category, _ => 0d), ConfidenceSource.TokenProbability);
            var after = asked.Count == 0 ? before : cascade.Apply(before, escalation, asked, obeyed);
            above += before.Verdict.Verdict > Verdict.Safe ? 1 : 0;
            lowered += after.Verdict.Verdict < before.Verdict.Verdict ? 1 : 0;
        }

        Assert.True(above > 500, $"Only {above} are above the band.");
        Assert.Equal(0, lowered);
    }

    [Fact]
    public void None_leaves_its_place_in_a_prompt()
    {
        foreach (var adapter in AdapterFile.Shipped.Select(AdapterFile.LoadShipped).Where(adapter => adapter.Endpoint != LlmEndpoint.Moderations))
        {
            foreach (var said in Strings)
            {
                var (content, harmless) = (new PromptContent(said), new PromptContent("hello"));
                string own = PromptOf(adapter, content), other = PromptOf(adapter, harmless);
                Assert.All(adapter.ControlTokens, token => Assert.Equal(Count(other, token), Count(own, token)));
                Assert.Equal(Count(other, harmless.Nonce), Count(own, content.Nonce));
            }
        }
    }

    private static string PromptOf(Adapter adapter, PromptContent content) =>
        string.Concat(Prompt.Of(adapter, LlmRelease.Policy, ["hate"], content).SelectMany(prompt => prompt.Messages).Select(message => message.Text));

    private static int Count(string text, string part) => (text.Length - text.Replace(part, "", StringComparison.OrdinalIgnoreCase).Length) / part.Length;

    /// <summary>A model is asked about everything that the first tier calls safe, in every category.</summary>
    private static Release AsksBelowReview(Release release) => release with
    {
        Tiers = [.. release.Tiers, new TierModel(TierModel.Llm, "obedient", "llm.json", "")],
        Escalations =
        [
            new Escalation
            {
                Tier = TierModel.Llm,
                Bands = release.Calibration.Keys.ToDictionary(category => category, category => new EscalationBand(0, release.Thresholds[category].Cuts.ReviewFrom!.Value)),
                Calibration = release.Calibration.Keys.ToDictionary(category => category, _ => new TierCalibration(new LogisticMap(0, new Dictionary<string, double> { [TierModel.Llm] = 1 }), null, 0.05)),
                Languages = release.Calibration.Keys.ToDictionary(category => category, _ => (IReadOnlyList<string>)["en"]),
                OnFailure = OnFailure.Review,
            },
        ],
    };

    private static string Here([CallerFilePath] string path = "") => path;
}
