using System.ComponentModel.DataAnnotations;

namespace Moderato.Server.Releases;

/// <summary>A release as the store holds it: its <c>release.json</c> as it was given; its models by their hash.</summary>
public sealed class StoredRelease
{
    public required int Workspace { get; set; }

    [MaxLength(128)]
    public required string Id { get; set; }

    public required DateTimeOffset Added { get; set; }

    [MaxLength(200)]
    public required string AddedBy { get; set; }

    /// <summary>The release that it was derived from; null where it was given as a bundle.</summary>
    [MaxLength(128)]
    public string? DerivedFrom { get; set; }

    [MaxLength(2_000)]
    public string? Reason { get; set; }

    public required byte[] Json { get; set; }
}

/// <summary>A model's bytes, kept once however many releases use them.</summary>
public sealed class ModelFile
{
    [MaxLength(64)]
    public required string Sha256 { get; set; }

    public required byte[] Bytes { get; set; }
}
