using System.ComponentModel.DataAnnotations;

namespace Moderato.Server.Releases;

/// <summary>A window that is being decided again under another release, and how far that is.</summary>
public sealed class Redecision
{
    public int Id { get; set; }

    public required int Workspace { get; set; }

    [MaxLength(128)]
    public required string Release { get; set; }

    public required DateTimeOffset From { get; set; }

    /// <summary>Not included.</summary>
    public required DateTimeOffset To { get; set; }

    /// <summary>Only contents whose verdict is or would be by this category; null: all.</summary>
    [MaxLength(64)]
    public string? Category { get; set; }

    /// <summary>Reversals that the platform can take.</summary>
    public required int PerMinute { get; set; }

    [MaxLength(2_000)]
    public string? Reason { get; set; }

    [MaxLength(200)]
    public required string By { get; set; }

    public required DateTimeOffset Started { get; set; }

    public DateTimeOffset? Ended { get; set; }

    public RedecisionState State { get; set; }

    /// <summary>The last content that is done with: <see cref="AfterTime"/> and its sequence.</summary>
    public required long AfterTime { get; set; }

    public long AfterSequence { get; set; }

    public long Seen { get; set; }

    public long Reversed { get; set; }

    public long Bound { get; set; }

    public long WithoutText { get; set; }

    /// <summary>A later tier failed without which the release does not decide: what stood stands.</summary>
    public long NotDecided { get; set; }

    /// <summary>The node that works on it until <see cref="LeaseUntil"/>.</summary>
    [MaxLength(64)]
    public string? Node { get; set; }

    public DateTimeOffset? LeaseUntil { get; set; }
}

public enum RedecisionState : byte
{
    Running,
    Done,
    Stopped,
}
