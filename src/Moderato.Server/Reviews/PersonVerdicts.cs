using System.Collections.Concurrent;
using Moderato.Decisions;
using Moderato.Server.Decisions;
using Moderato.Server.Hosting;
using Moderato.Server.Storage;

namespace Moderato.Server.Reviews;

/// <summary>
/// What people decided on a text under a policy version: it binds the same text under the same version, so that nobody is asked
/// twice and no model overrules a person. Held in memory; another node's is seen within <see cref="Refresh"/>.
/// </summary>
public sealed class PersonVerdicts(Store store, TimeProvider time, ILogger<PersonVerdicts> logger)
    : RecurringWork(Refresh, FirstTurn.BeforeStart, time, logger)
{
    public static readonly TimeSpan Refresh = TimeSpan.FromSeconds(1);

    /// <summary>In the place of a verdict: the one that was given on the same item does not bind any more.</summary>
    internal const short Withdrawn = -1;

    /// <summary>The condition that a row <c>p</c> is a verdict that was not taken back.</summary>
    internal static string Stands { get; } =
        $"""
        p.verdict <> {Withdrawn} AND NOT EXISTS (
          SELECT 1 FROM person_verdicts w WHERE w.workspace = p.workspace AND w.exact = p.exact AND w.sequence = p.sequence AND w.verdict = {Withdrawn} AND w.id > p.id)
        """;

    /// <summary>Two transactions may commit in another order than their numbers were drawn.</summary>
    private const long Overlap = 1_000;

    private readonly ConcurrentDictionary<(int Workspace, UInt128 Exact, string Policy), PersonVerdict> bound = [];
    private long last;

    private PersonVerdict? Of(int workspace, ContentFingerprint fingerprint, string policy) =>
        !bound.IsEmpty && bound.TryGetValue((workspace, fingerprint.Exact, policy), out var verdict) ? verdict : null;

    /// <summary>What is to be committed, with a person's verdict in place of a model's; what another system decided stays as it was told.</summary>
    public DecisionWrite Bind(DecisionWrite write)
    {
        var decision = write.Decision;
        return decision.Origin != DecisionOrigin.Recorded && Of(decision.Workspace, decision.Fingerprint, decision.Policy) is { } verdict
            ? write with { Decision = decision with { Verdict = verdict.Verdict, Category = verdict.Category ?? decision.Category, Tier = OtherTier.Person }, Review = null }
            : write;
    }

    /// <summary>Reads what was added since; whoever adds one calls this, so that it binds at once on this node.</summary>
    public async Task FollowAsync(CancellationToken cancel)
    {
        await using var connection = await store.OpenAsync(cancel);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT id, workspace, exact, policy, verdict, category FROM person_verdicts WHERE id > @last ORDER BY id";
        command.Add("last", Math.Max(0, last - Overlap));
        var read = new Dictionary<(int, UInt128, string), PersonVerdict?>();
        await using var row = await command.ExecuteReaderAsync(cancel);
        while (await row.ReadAsync(cancel))
        {
            last = Math.Max(last, row.GetInt64(0));
            short verdict = row.GetInt16(4);
            read[(row.GetInt32(1), StoredHash.Of(row.GetFieldValue<byte[]>(2)), row.GetString(3))] =
                verdict == Withdrawn ? null : new((Verdict)verdict, row.IsDBNull(5) ? null : row.GetString(5));
        }

        // What stands at the end, and nothing before it: some rows are read again every time.
        foreach (var (text, verdict) in read)
        {
            if (verdict is null)
            {
                bound.TryRemove(text, out _);
            }
            else
            {
                bound[text] = verdict;
            }
        }
    }

    protected internal override Task RunAsync(CancellationToken cancel) => FollowAsync(cancel);
}

/// <param name="Category">The category that is violated; null when none is.</param>
public sealed record PersonVerdict(Verdict Verdict, string? Category);
