using Moderato.Classification;
using Moderato.Decisions;
using Moderato.Policies;
using Moderato.Releases;
using Moderato.Server.Classification;

namespace Moderato.Server.Tests.Classification;

public sealed class TierRunTests
{
    [Fact]
    public async Task What_a_third_party_must_not_see_stays_here()
    {
        var shipped = ReleaseFile.LoadShipped();
        var policy = shipped.Release.Policy with
        {
            Categories = [.. shipped.Release.Policy.Categories.Select(own => own.Category == Category.Profanity ? own with { StatedRestricted = true } : own)],
        };
        var cascade = new Cascade(LlmRelease.With(shipped.Release with { Policy = policy }, OnFailure.Review), shipped.Model);
        using var elsewhere = new ScriptedTier(leavesHouse: true);
        using var here = new ScriptedTier(leavesHouse: false);
        const string Restricted = "what the fuck is this shit";
        Assert.NotEqual(Verdict.Safe, cascade.Release.Thresholds[Category.Profanity].Cuts.Decide(cascade.Decide(Restricted, "en").Scores[Category.Profanity]));
        var kept = await RunAsync(cascade, elsewhere, Restricted);
        Assert.Equal(new TierOutcome.NotAsked(NotAskedBecause.Restricted), kept.State.Steps[0].Outcome);
        Assert.Equal(0, elsewhere.Asked);
        await RunAsync(cascade, here, Restricted);
        await RunAsync(cascade, elsewhere, "good morning");
        Assert.Equal((1, 1), (here.Asked, elsewhere.Asked));
    }

    [Fact]
    public async Task What_does_not_escalate_is_done_at_once_and_what_does_can_be_read_before_it_is_done()
    {
        var cascade = LlmRelease.Create(OnFailure.Review, new EscalationBand(0.99, 1));
        using var tier = new ScriptedTier(leavesHouse: false);
        Assert.True(Start(cascade, tier, "good morning").Completion.IsCompleted);
        Assert.Equal(0, tier.Asked);

        var gate = new TaskCompletionSource();
        var waiting = LlmRelease.Create(OnFailure.Review);
        using var slow = new ScriptedTier(leavesHouse: false, gate.Task);
        var run = Start(waiting, slow, "good morning");
        Assert.False(run.Completion.IsCompleted);
        Assert.Equal("ngram", run.State.Tier);
        gate.SetResult();
        await run.Completion;
        Assert.Equal(("llm", 1), (run.State.Tier, run.Costs.Count));
    }

    private static async Task<TierRun> RunAsync(Cascade cascade, ScriptedTier tier, string text)
    {
        var run = Start(cascade, tier, text);
        await run.Completion;
        return run;
    }

    private static TierRun Start(Cascade cascade, ScriptedTier tier, string text) => TierRun.Start(
        cascade, new Dictionary<string, ILaterTier> { ["llm"] = tier }, cascade.Begin(text, "en", null), text, null, TimeProvider.System, TestContext.Current.CancellationToken);

    private sealed class ScriptedTier(bool leavesHouse, Task? until = null) : ILaterTier
    {
        public int Asked { get; private set; }

        public string Name => "llm";

        public bool LeavesHouse => leavesHouse;

        public async Task<TierAnswer> JudgeAsync(TierRequest request, CancellationToken cancel)
        {
            Asked++;
            await (until ?? Task.CompletedTask);
            return new(new TierOutcome.Judged(request.Categories.ToDictionary(category => category, _ => 0.01), ConfidenceSource.ModelScore), new TierCost(Calls: 1));
        }

        public void Dispose()
        {
        }
    }
}
