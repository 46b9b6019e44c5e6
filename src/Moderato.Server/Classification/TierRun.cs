using Moderato.Classification;
using Moderato.Decisions;
using Moderato.Releases;

namespace Moderato.Server.Classification;

/// <summary>One content's way through the later tiers. What they have said so far can be read at any moment, for a caller whose time runs out.</summary>
public sealed class TierRun
{
    private volatile CascadeState state;
    private volatile StepCost[] costs = [];

    private TierRun(CascadeState begun) => state = begun;

    public CascadeState State => state;

    /// <summary>What each step of <see cref="CascadeState.Steps"/> took.</summary>
    public IReadOnlyList<StepCost> Costs => costs;

    /// <summary>The tier that is being asked, or was last.</summary>
    public (string Tier, IReadOnlyList<string> Categories) Asking { get; private set; } = ("", []);

    /// <summary>Ends when all tiers that had to be asked were; never by a provider's fault.</summary>
    public Task Completion { get; private set; } = Task.CompletedTask;

    /// <param name="tiers">Those of the release, by name.</param>
    public static TierRun Start(
        Cascade cascade, IReadOnlyDictionary<string, ILaterTier> tiers, CascadeState begun, string text, string? context, TimeProvider time, CancellationToken cancel)
    {
        var run = new TierRun(begun);
        if (cascade.AsksLater(begun))
        {
            run.Completion = run.AskAsync(cascade, tiers, text, context, time, cancel);
        }

        return run;
    }

    private async Task AskAsync(Cascade cascade, IReadOnlyDictionary<string, ILaterTier> tiers, string text, string? context, TimeProvider time, CancellationToken cancel)
    {
        foreach (var escalation in cascade.Release.Escalations ?? [])
        {
            var asked = cascade.AskedBy(state, escalation);
            if (asked.Count == 0)
            {
                continue;
            }

            Asking = (escalation.Tier, asked);
            long began = time.GetTimestamp();
            var tier = tiers[escalation.Tier];
            var answer = tier.LeavesHouse && HasRestricted(cascade, asked)
                ? new TierAnswer(new TierOutcome.NotAsked(NotAskedBecause.Restricted), new TierCost())
                : await tier.JudgeAsync(new TierRequest(text, context, asked), cancel);
            var took = time.GetElapsedTime(began);
            TierMeter.Count(escalation.Tier, answer, took);
            costs = [.. costs, new StepCost(answer.Cost, took)];
            state = cascade.Apply(state, escalation, asked, answer.Outcome);
        }
    }

    /// <summary>A category that must not leave is asked about, or an earlier tier sees it in this content.</summary>
    private bool HasRestricted(Cascade cascade, IReadOnlyList<string> asked)
    {
        foreach (var category in cascade.Release.Policy.Categories.Where(own => own.Restricted).Select(own => own.Category))
        {
            int c = cascade.Categories.ToList().IndexOf(category);
            var cuts = c >= 0 ? cascade.Release.Thresholds[category].For(state.Language, state.Surface) : null;
            if (asked.Contains(category) || (cuts is not null && state.Scores[c] is var score && !double.IsNaN(score) && cuts.Decide(score) != Verdict.Safe))
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>What asking one tier took.</summary>
public sealed record StepCost(TierCost Cost, TimeSpan Took);
