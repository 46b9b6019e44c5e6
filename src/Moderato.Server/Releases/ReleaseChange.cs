using System.ComponentModel.DataAnnotations;

namespace Moderato.Server.Releases;

/// <summary>The roles that began at one moment, who gave them and why. Rows are only ever added: both stores refuse to update or delete them.</summary>
public sealed class ReleaseChange
{
    public long Id { get; set; }

    public required int Workspace { get; set; }

    public required long Generation { get; set; }

    public required DateTimeOffset Time { get; set; }

    /// <summary>One of <see cref="ReleaseAction"/>.</summary>
    [MaxLength(32)]
    public required string Action { get; set; }

    [MaxLength(128)]
    public required string Live { get; set; }

    public DateTimeOffset? Until { get; set; }

    [MaxLength(128)]
    public string? Before { get; set; }

    [MaxLength(128)]
    public string? Canary { get; set; }

    public double? CanaryPercent { get; set; }

    [MaxLength(128)]
    public string? Shadow { get; set; }

    [MaxLength(200)]
    public required string Actor { get; set; }

    [MaxLength(2_000)]
    public string? Reason { get; set; }

    public static ReleaseChange Of(ReleasePointer pointer, string action, string actor, string? reason, DateTimeOffset now) => new()
    {
        Workspace = pointer.Workspace,
        Generation = pointer.Generation,
        Time = now,
        Action = action,
        Live = pointer.Live,
        Until = pointer.Until,
        Before = pointer.Before,
        Canary = pointer.Canary,
        CanaryPercent = pointer.CanaryPercent,
        Shadow = pointer.Shadow,
        Actor = actor,
        Reason = reason,
    };
}

/// <summary>What can be done to the roles of releases, as history and audit log name it.</summary>
public static class ReleaseAction
{
    public const string Promote = "promote";
    public const string Override = "override";
    public const string OverrideEnds = "override.ends";
    public const string Rollback = "rollback";
    public const string Canary = "canary";
    public const string CanaryEnds = "canary.ends";
    public const string Shadow = "shadow";
    public const string ShadowEnds = "shadow.ends";
}
