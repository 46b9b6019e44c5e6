using System.ComponentModel.DataAnnotations;

namespace Moderato.Server.Keys;

/// <summary>A key as it is stored: its hash, what it may do, and for how long. The key itself is shown once and never kept.</summary>
public sealed class AccessKey
{
    public int Id { get; set; }

    public required int Workspace { get; set; }

    [MaxLength(100)]
    public required string Name { get; set; }

    /// <summary>SHA-256 of the key. Keys hold 192 random bits, so a slow hash would protect nothing more.</summary>
    [MaxLength(32)]
    public required byte[] Hash { get; set; }

    public required Scopes Scopes { get; set; }

    public required DateTimeOffset Created { get; set; }

    /// <summary>Null: until it is revoked.</summary>
    public DateTimeOffset? Expires { get; set; }

    public DateTimeOffset? Revoked { get; set; }

    /// <summary>Requests a second; null: the server's own limit.</summary>
    public int? RequestsPerSecond { get; set; }

    /// <summary>The key that this one was rotated from.</summary>
    public int? Replaces { get; set; }

    public bool IsUsable(DateTimeOffset now) => Revoked is null && (Expires is not { } expires || now < expires);
}
