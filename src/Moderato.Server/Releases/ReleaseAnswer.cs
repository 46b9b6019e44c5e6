using System.Text.Json;
using Moderato.Releases;

namespace Moderato.Server.Releases;

/// <summary>A release as a list has it.</summary>
/// <param name="Role"><c>live</c>, <c>override</c> (live until a time), <c>canary</c>, <c>shadow</c>; absent where it decides nothing.</param>
/// <param name="Release">The whole <c>release.json</c>; only where one release is asked for.</param>
public sealed record ReleaseAnswer(
    string Id,
    DateTimeOffset Created,
    DateTimeOffset Added,
    string AddedBy,
    string? DerivedFrom,
    string? Reason,
    string? Role,
    string Policy,
    IReadOnlyList<ReleaseTier> Tiers,
    IReadOnlyList<string> Categories,
    JsonElement? Release = null)
{
    public static ReleaseAnswer Of(StoredRelease stored, ReleaseRoles? roles, bool whole = false)
    {
        var release = ReleaseFile.Parse(stored.Json, $"release {stored.Id}");
        return new(
            stored.Id, release.Created, stored.Added, stored.AddedBy, stored.DerivedFrom, stored.Reason, RoleOf(stored.Id, roles), release.Policy.Version,
            [.. release.Tiers.Select(tier => new ReleaseTier(tier.Tier, tier.Version))], [.. release.JudgedCategories()],
            whole ? JsonElement.Parse(stored.Json) : null);
    }

    private static string? RoleOf(string id, ReleaseRoles? roles) => roles is null ? null
        : id == roles.Live ? roles.Until is null ? "live" : "override"
        : id == roles.Canary?.Release ? "canary"
        : id == roles.Shadow ? "shadow"
        : null;
}

public sealed record ReleaseTier(string Tier, string Version);

/// <summary>Which releases there are, which decide, and what was live when.</summary>
/// <param name="Live">Absent where the workspace has none.</param>
/// <param name="Until">When the live one ends by itself, and <paramref name="Before"/> is live again.</param>
/// <param name="History">Newest first.</param>
public sealed record ReleasesAnswer(
    IReadOnlyList<ReleaseAnswer> Releases,
    string? Live,
    DateTimeOffset? Until,
    string? Before,
    CanaryAnswer? Canary,
    string? Shadow,
    IReadOnlyList<ReleaseChangeAnswer> History)
{
    public static ReleasesAnswer Of(IEnumerable<StoredRelease> releases, ReleaseRoles? roles, IEnumerable<ReleaseChange> history) => new(
        [.. releases.Select(release => ReleaseAnswer.Of(release, roles))], roles?.Live, roles?.Until, roles?.Before, CanaryAnswer.Of(roles?.Canary), roles?.Shadow,
        [.. history.Select(ReleaseChangeAnswer.Of)]);
}

/// <param name="Percent">Of the authors.</param>
public sealed record CanaryAnswer(string Id, double Percent)
{
    public static CanaryAnswer? Of(CanaryShare? share) => share is null ? null : new(share.Release, share.Percent);
}

/// <summary>What held from a time on, by whom and why.</summary>
public sealed record ReleaseChangeAnswer(
    DateTimeOffset Time, string Action, string By, string? Reason, string Live, DateTimeOffset? Until, string? Before, CanaryAnswer? Canary, string? Shadow)
{
    public static ReleaseChangeAnswer Of(ReleaseChange change) => new(
        change.Time, change.Action, change.Actor, change.Reason, change.Live, change.Until, change.Before,
        change.Canary is null ? null : new(change.Canary, change.CanaryPercent ?? 0), change.Shadow);
}

/// <summary>What a change came to.</summary>
public sealed record RolesAnswer(string Live, DateTimeOffset? Until, string? Before, CanaryAnswer? Canary, string? Shadow)
{
    public static RolesAnswer Of(ReleaseRoles roles) => new(roles.Live, roles.Until, roles.Before, CanaryAnswer.Of(roles.Canary), roles.Shadow);
}
