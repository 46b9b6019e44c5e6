using Microsoft.EntityFrameworkCore;
using Moderato.Decisions;
using Moderato.Releases;
using Moderato.Server.Reviews;
using Moderato.Server.Storage;

namespace Moderato.Server.Decisions;

/// <summary>
/// Whose text an export may not hold. A content is restricted where its review item was, where the release that decided it or the
/// one that is live now restricts the decision, or where a person or a label says that the same text violates a restricted category.
/// </summary>
public sealed class ExportRestrictions
{
    private readonly Dictionary<string, Release> releases;
    private readonly Release? live;
    private readonly HashSet<UInt128> found;

    private ExportRestrictions(Dictionary<string, Release> releases, Release? live, HashSet<UInt128> found) =>
        (this.releases, this.live, this.found) = (releases, live, found);

    public static async Task<ExportRestrictions> ReadAsync(Store store, int workspace, CancellationToken cancel)
    {
        await using var state = store.State();
        var stored = await state.Releases.AsNoTracking().Where(release => release.Workspace == workspace).ToListAsync(cancel);
        var releases = stored.ToDictionary(release => release.Id, release => ReleaseFile.Parse(release.Json, $"release {release.Id}"));
        var pointer = await state.ReleasePointers.AsNoTracking().SingleOrDefaultAsync(one => one.Workspace == workspace, cancel);
        var live = pointer is null ? null : releases.GetValueOrDefault(pointer.Roles.Live);
        return new(releases, live, await FoundAsync(store, workspace, live, cancel));
    }

    /// <summary>The release that decided; null where another system did.</summary>
    public Release? ReleaseOf(Decision decision) => releases.GetValueOrDefault(decision.Release);

    /// <summary>What users wrote in this content stays here.</summary>
    public bool Cover(StoredDecision stored) =>
        stored.Review is { IsRestricted: true }
        || ReleaseOf(stored.Decision)?.Restricts(stored.Decision) == true
        || live?.Restricts(stored.Decision) == true
        || found.Contains(stored.Decision.Fingerprint.Exact);

    /// <summary>The texts in which people found a restricted category violated. A decision whose text was not told has no fingerprint, and is none of them.</summary>
    private static async Task<HashSet<UInt128>> FoundAsync(Store store, int workspace, Release? live, CancellationToken cancel)
    {
        var found = new HashSet<UInt128>();
        await using var connection = await store.OpenAsync(cancel);
        await using var command = connection.CreateCommand();
        command.CommandText =
            $"""
            SELECT p.exact, p.category FROM person_verdicts p WHERE p.workspace = @workspace AND p.category IS NOT NULL AND {PersonVerdicts.Stands}
            UNION
            SELECT d.exact, l."Category" FROM "Labels" l JOIN decisions d ON d.workspace = l."Workspace" AND d.content_id = l."ContentId" AND d.revision = 0
            WHERE l."Workspace" = @workspace AND l."Value" AND l."Withdrawn" IS NULL
            """;
        command.Add("workspace", workspace);
        await using var row = await command.ExecuteReaderAsync(cancel);
        while (await row.ReadAsync(cancel))
        {
            string category = row.GetString(1);
            if (row.GetFieldValue<byte[]>(0) is var exact && exact.AsSpan().ContainsAnyExcept((byte)0)
                && (live?.Policy.Restricts(category) ?? category == Policies.Category.SexualMinors))
            {
                found.Add(StoredHash.Of(exact));
            }
        }

        return found;
    }
}
