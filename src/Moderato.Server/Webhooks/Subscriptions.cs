using Microsoft.EntityFrameworkCore;
using Moderato.Decisions;
using Moderato.Server.Decisions;
using Moderato.Server.Hosting;
using Moderato.Server.Storage;
using Moderato.Webhooks;

namespace Moderato.Server.Webhooks;

/// <summary>
/// Who wants which events, held in memory, so that an event nobody wants costs nothing. Another node's change is seen within
/// <see cref="Refresh"/>.
/// </summary>
public sealed class Subscriptions(Store store, TimeProvider time, ILogger<Subscriptions> logger)
    : RecurringWork(Refresh, FirstTurn.BeforeStart, time, logger)
{
    public static readonly TimeSpan Refresh = TimeSpan.FromSeconds(1);

    private volatile IReadOnlyList<Webhook> all = [];
    private volatile Dictionary<int, List<(int Webhook, EventFilter Filter)>> byWorkspace = [];

    public IReadOnlyList<Webhook> All => all;

    /// <summary>What is to be committed with the events that are wanted, each with who wants it.</summary>
    public DecisionWrite Address(DecisionWrite write)
    {
        var decision = write.Decision;
        if (!byWorkspace.ContainsKey(decision.Workspace))
        {
            return write.Events.Count == 0 ? write : write with { Events = [] };
        }

        bool isNew = decision is { Revision: 0, Origin: DecisionOrigin.Release or DecisionOrigin.Provisional };
        IEnumerable<OutgoingEvent> events = isNew ? [new OutgoingEvent(EventKind.DecisionMade), .. write.Events] : write.Events;
        var judged = new Judged(DecisionAnswer.VerdictName(decision.Verdict), decision.Category);
        return write with { Events = [.. events.Select(one => Address(decision.Workspace, one, judged)).Where(one => one.To.Count > 0)] };
    }

    /// <summary>The event with who wants it.</summary>
    /// <param name="judged">The decision that it is about.</param>
    public OutgoingEvent Address(int workspace, OutgoingEvent outgoing, Judged judged) =>
        byWorkspace.TryGetValue(workspace, out var wanting)
            ? outgoing with { To = [.. wanting.Where(one => outgoing.IsWantedBy(one.Filter, judged)).Select(one => one.Webhook)] }
            : outgoing;

    /// <summary>Whether anybody wants such events at all.</summary>
    public bool Want(string kind) => all.Any(webhook => webhook.Events.Contains(kind));

    /// <summary>Reads the webhooks again; whoever changes one calls this, so that the change holds at once on this node.</summary>
    public async Task ReloadAsync(CancellationToken cancel)
    {
        await using var state = store.State();
        var webhooks = await state.Webhooks.AsNoTracking().OrderBy(webhook => webhook.Id).ToListAsync(cancel);
        byWorkspace = webhooks.GroupBy(webhook => webhook.Workspace).ToDictionary(group => group.Key, group => group.Select(webhook => (webhook.Id, webhook.Filter())).ToList());
        all = webhooks;
    }

    protected internal override Task RunAsync(CancellationToken cancel) => ReloadAsync(cancel);
}
