using System.ComponentModel.DataAnnotations;

namespace Moderato.Server.Storage;

/// <summary>Who changed what and why. Rows are only ever added: both stores refuse to update or delete them.</summary>
public sealed class AuditEntry
{
    public long Id { get; set; }

    public required int Workspace { get; set; }

    public required DateTimeOffset Time { get; set; }

    /// <summary>The key's or the person's name.</summary>
    [MaxLength(200)]
    public required string Actor { get; set; }

    /// <summary>What was done: <c>key.create</c>, <c>release.promote</c>.</summary>
    [MaxLength(64)]
    public required string Action { get; set; }

    [MaxLength(256)]
    public required string Subject { get; set; }

    [MaxLength(2_000)]
    public string? Why { get; set; }
}
