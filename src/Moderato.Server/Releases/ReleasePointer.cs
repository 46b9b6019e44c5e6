using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using Moderato.Releases;

namespace Moderato.Server.Releases;

/// <summary>Which release does what (<see cref="ReleaseRoles"/>). The only thing about releases that ever changes.</summary>
public sealed class ReleasePointer
{
    public required int Workspace { get; set; }

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

    /// <summary>Goes up with every change, so that a node sees that it has to follow, and so that of two who change at once one is told.</summary>
    [ConcurrencyCheck]
    public required long Generation { get; set; }

    [NotMapped]
    public ReleaseRoles Roles
    {
        get => new()
        {
            Live = Live,
            Until = Until,
            Before = Before,
            Canary = Canary is null ? null : new(Canary, CanaryPercent ?? 0),
            Shadow = Shadow,
        };
        set => (Live, Until, Before, Canary, CanaryPercent, Shadow) = (value.Live, value.Until, value.Before, value.Canary?.Release, value.Canary?.Percent, value.Shadow);
    }
}
