using System.Collections.Concurrent;
using Moderato.Decisions;
using Moderato.Server.Storage;

namespace Moderato.Server.Decisions;

/// <summary>
/// What other systems call their releases and tiers. Counts have rows for each of them, so there are only so many in a workspace: a
/// further one is refused. Requests that take the last ones at the same moment may exceed the limit by a few.
/// </summary>
public sealed class RecordedNames(Store store)
{
    public const int MostReleases = 1_000;

    public const int MostTiers = 100;

    private readonly ConcurrentDictionary<(int Workspace, string Kind, string Name), bool> known = [];

    /// <summary>Takes the names of a decision that is to be kept.</summary>
    /// <returns>Those for which there is no room; none where it may be kept.</returns>
    public async Task<IReadOnlyList<FieldError>> TakeAsync(int workspace, RecordedDecision recorded, CancellationToken cancel)
    {
        var errors = new List<FieldError>();
        if (!await TakeAsync(workspace, "release", recorded.Release, MostReleases, cancel))
        {
            errors.Add(Refused("release", MostReleases, "the version of what decided"));
        }

        if (recorded.Tier is { } tier && !await TakeAsync(workspace, "tier", tier, MostTiers, cancel))
        {
            errors.Add(Refused("tier", MostTiers, "the kind of what decided, as in \"llm\""));
        }

        return errors;
    }

    private async Task<bool> TakeAsync(int workspace, string kind, string name, int most, CancellationToken cancel)
    {
        if (known.ContainsKey((workspace, kind, name)))
        {
            return true;
        }

        await using var connection = await store.OpenAsync(cancel);
        if (await CountAsync("AND name = @name") == 0)
        {
            if (await CountAsync("") >= most)
            {
                return false;
            }

            await using var insert = connection.CreateCommand();
            insert.CommandText = "INSERT INTO recorded_names (workspace, kind, name) VALUES (@workspace, @kind, @name) ON CONFLICT DO NOTHING";
            insert.Add("workspace", workspace);
            insert.Add("kind", kind);
            insert.Add("name", name);
            await insert.ExecuteNonQueryAsync(cancel);
        }

        known[(workspace, kind, name)] = true;
        return true;

        async Task<long> CountAsync(string also)
        {
            await using var count = connection.CreateCommand();
            count.CommandText = $"SELECT count(*) FROM recorded_names WHERE workspace = @workspace AND kind = @kind {also}";
            count.Add("workspace", workspace);
            count.Add("kind", kind);
            if (also.Length > 0)
            {
                count.Add("name", name);
            }

            return (long)(await count.ExecuteScalarAsync(cancel))!;
        }
    }

    private static FieldError Refused(string field, int most, string what) => new(
        field, FormattableString.Invariant($"a further name beside {most} others"), $"send {what}, not a name of its own for each content");
}
