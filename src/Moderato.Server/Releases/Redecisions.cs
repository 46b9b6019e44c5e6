using Microsoft.EntityFrameworkCore;
using Moderato.Decisions;
using Moderato.Releases;
using Moderato.Server.Decisions;
using Moderato.Server.Keys;
using Moderato.Server.Storage;

namespace Moderato.Server.Releases;

/// <summary>Redecisions: what one would do, which there are, and their beginning and end.</summary>
public sealed class Redecisions(Store store, StoredContents contents, LiveReleases releases, TierTrials trials, TimeProvider time)
{
    private const int PageRows = 500;

    public async Task<RedecisionPreview> PreviewAsync(int workspace, string release, RedecisionRequest request, CancellationToken cancel)
    {
        var cascade = await releases.LoadAsync(workspace, release, cancel);
        var tally = new RedecisionTally(request);
        var after = Before(request.From);
        IReadOnlyList<StandingDecision> page;
        do
        {
            page = await contents.PageAsync(workspace, after, request.To, 1, PageRows, cancel);
            foreach (var one in page)
            {
                after = one.First;
                Preview(tally, cascade, one, request.Category);
            }
        }
        while (page.Count == PageRows);
        return tally.ToPreview(release, cascade.Release.Escalations is { Count: > 0 } ? await AskAsync(workspace, cascade, tally, request, cancel) : null);
    }

    public async Task<Redecision> StartAsync(Caller by, string release, RedecisionRequest request, CancellationToken cancel)
    {
        await using var state = store.State();
        var now = time.GetUtcNow();
        var after = Before(request.From);
        var redecision = new Redecision
        {
            Workspace = by.Workspace,
            Release = release,
            From = request.From,
            To = request.To,
            Category = request.Category,
            PerMinute = request.PerMinute,
            Reason = request.Reason,
            By = by.Name,
            Started = now,
            AfterTime = after.Milliseconds,
            AfterSequence = after.Sequence,
        };
        state.Redecisions.Add(redecision);
        state.AuditEntries.Add(new() { Workspace = by.Workspace, Time = now, Actor = by.Name, Action = "release.redecide", Subject = release, Why = request.Reason });
        await state.SaveChangesAsync(cancel);
        return redecision;
    }

    public async Task<IReadOnlyList<Redecision>> ListAsync(int workspace, string release, CancellationToken cancel)
    {
        await using var state = store.State();
        return await state.Redecisions.AsNoTracking().Where(one => one.Workspace == workspace && one.Release == release).OrderByDescending(one => one.Id).ToListAsync(cancel);
    }

    /// <summary>Ends it where it is; what was reversed stays reversed.</summary>
    /// <returns>The redecision; null where none of that number runs.</returns>
    public async Task<Redecision?> StopAsync(Caller by, string release, int id, string? reason, CancellationToken cancel)
    {
        await using var state = store.State();
        if (await state.Redecisions.SingleOrDefaultAsync(one => one.Workspace == by.Workspace && one.Release == release && one.Id == id && one.State == RedecisionState.Running, cancel)
            is not { } running)
        {
            return null;
        }

        var now = time.GetUtcNow();
        (running.State, running.Ended) = (RedecisionState.Stopped, now);
        state.AuditEntries.Add(new() { Workspace = by.Workspace, Time = now, Actor = by.Name, Action = "release.redecide.stop", Subject = release, Why = reason });
        await state.SaveChangesAsync(cancel);
        return running;
    }

    private async Task<LaterTiersPreview> AskAsync(int workspace, Cascade cascade, RedecisionTally tally, RedecisionRequest request, CancellationToken cancel)
    {
        var asked = tally.Later.Drawn;
        var trial = await trials.OfAsync(workspace, [cascade], [.. asked.Select(one => one.Content!)], cancel);
        var judged = new LaterTally(request.Category);
        for (int i = 0; i < asked.Count; i++)
        {
            if (trial.IsJudged(i))
            {
                judged.Add(asked[i], trial.DecisionOf(i, 0));
            }
        }

        return judged.ToPreview(trial.Summary(new(request.LaterTiers, request.Seed, tally.Later.Offered)), tally);
    }

    private static PagePlace Before(DateTimeOffset from) => new(from.ToUnixTimeMilliseconds() - 1, long.MaxValue);

    private static void Preview(RedecisionTally tally, Cascade cascade, StandingDecision one, string? category)
    {
        if (one.Standing.Origin == DecisionOrigin.Recorded)
        {
            if (category is null || one.Standing.Category == category)
            {
                tally.OfOtherSystem();
            }
        }
        else if (one.Content is not { } content)
        {
            if (category is null || one.Standing.Category == category)
            {
                tally.WithoutText();
            }
        }
        else
        {
            var begun = cascade.Begin(content.Text, content.Language, content.Surface);
            if (cascade.AsksLater(begun))
            {
                // What its category is then, nobody knows yet.
                tally.AskedLater(one);
                return;
            }

            string? next = cascade.DecisionOf(begun).Category;
            if (category is null || one.Standing.Category == category || next == category)
            {
                tally.Add(one, begun.Verdict.Verdict, next);
            }
        }
    }
}
