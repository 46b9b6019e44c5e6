using Moderato.Classification;
using Moderato.Decisions;
using Moderato.Releases;
using Moderato.Server.Classification;
using Moderato.Server.Decisions;

namespace Moderato.Server.Releases;

/// <summary>Asks the later tiers of releases about a few stored contents, to say what they would do. Nothing is decided or kept; the tiers' own limits hold, the day's ceiling too.</summary>
public sealed class TierTrials(Decider decider)
{
    /// <summary>Contents that are asked about unless the caller says otherwise.</summary>
    public const int Default = 200;

    public const int Most = 5_000;

    /// <summary>Fewer than an endpoint takes at once, which is 8 unless it is told otherwise: contents that somebody waits for come between.</summary>
    private const int AtOnce = 4;

    /// <summary>Each content under each release.</summary>
    public async Task<TierTrial> OfAsync(int workspace, IReadOnlyList<Cascade> releases, IReadOnlyList<Content> contents, CancellationToken cancel)
    {
        var runs = new TierRun[contents.Count][];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, contents.Count),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel },
            async (content, stopping) =>
            {
                var own = new TierRun[releases.Count];
                for (int release = 0; release < own.Length; release++)
                {
                    own[release] = await decider.RunAsync(workspace, releases[release], contents[content], stopping);
                }

                runs[content] = own;
            });
        return new(releases, runs);
    }
}

/// <summary>What the tiers said.</summary>
/// <param name="Runs">By content and then by release, in their order.</param>
public sealed record TierTrial(IReadOnlyList<Cascade> Releases, IReadOnlyList<IReadOnlyList<TierRun>> Runs)
{
    /// <summary>
    /// Whether a content came to what its releases would decide. A text that is too long or must not leave never will be judged, so where it
    /// goes is what they decide; a provider that failed, or money that was spent, says nothing of the next time.
    /// </summary>
    public bool IsJudged(int content) => Runs[content].All(run => !run.State.Refused && run.State.Steps.All(
        step => step.Outcome is TierOutcome.Judged or TierOutcome.NotAsked { Why: NotAskedBecause.TooLong or NotAskedBecause.Restricted }));

    /// <summary>What the release at a place decides about a content.</summary>
    public CascadeDecision DecisionOf(int content, int release) => Releases[release].DecisionOf(Runs[content][release].State);

    /// <param name="draw">How the contents were chosen.</param>
    public TierTrialSummary Summary(TierDraw draw)
    {
        var steps = Releases.SelectMany((release, place) => Runs.SelectMany(run => run[place].State.Steps.Select(step => (Release: release.Release.Id, step.Tier, Outcome: TierDetail.OutcomeName(step.Outcome)))));
        var cost = Runs.SelectMany(content => content).SelectMany(run => run.Costs).Aggregate(new TierCost(), (sum, step) => sum + step.Cost);
        return new(
            draw.Most, draw.Seed, draw.Contents, Runs.Count, Enumerable.Range(0, Runs.Count).Count(IsJudged),
            [.. steps.CountBy(step => step).Select(step => new TierTrialOutcome(step.Key.Release, step.Key.Tier, step.Key.Outcome, step.Value))],
            cost.Calls, cost.InputTokens, cost.OutputTokens, cost.CostMicros);
    }
}

/// <summary>Which contents are asked about.</summary>
/// <param name="Most">At most so many; 0: nobody is asked.</param>
/// <param name="Contents">Those that they were drawn from.</param>
public sealed record TierDraw(int Most, int Seed, long Contents);
