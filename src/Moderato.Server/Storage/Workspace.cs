using System.ComponentModel.DataAnnotations;

namespace Moderato.Server.Storage;

/// <summary>One tenant's releases, keys, queue and data. Every row and every key carries its number.</summary>
public sealed class Workspace
{
    /// <summary>The workspace that there always is.</summary>
    public const string Default = "default";

    /// <summary>Its number: the first that a store gives.</summary>
    public const int DefaultId = 1;

    public int Id { get; set; }

    [MaxLength(64)]
    public required string Name { get; set; }

    public required DateTimeOffset Created { get; set; }

    /// <summary>What author ids are hashed with (<see cref="Workspaces.AuthorOf"/>).</summary>
    [MaxLength(32)]
    public required byte[] AuthorSecret { get; set; }
}
