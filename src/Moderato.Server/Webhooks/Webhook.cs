using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using Moderato.Webhooks;

namespace Moderato.Server.Webhooks;

/// <summary>An address that events are sent to. Its secret is kept as it is, because it has to sign with it.</summary>
public sealed class Webhook
{
    public const string SecretPrefix = "whsec_";

    public int Id { get; set; }

    public required int Workspace { get; set; }

    [MaxLength(2_000)]
    public required string Url { get; set; }

    /// <summary>Some of <see cref="EventKind.All"/>.</summary>
    public required string[] Events { get; set; }

    /// <summary>Null: whatever the verdict.</summary>
    public string[]? Verdicts { get; set; }

    /// <summary>Null: whatever the category.</summary>
    public string[]? Categories { get; set; }

    [MaxLength(100)]
    public required string Secret { get; set; }

    /// <summary>Signs as well until <see cref="PreviousUntil"/>.</summary>
    [MaxLength(100)]
    public string? PreviousSecret { get; set; }

    public DateTimeOffset? PreviousUntil { get; set; }

    public required DateTimeOffset Created { get; set; }

    /// <summary>Since when nothing is sent; what happens meanwhile waits.</summary>
    public DateTimeOffset? Paused { get; set; }

    [MaxLength(200)]
    public string? PausedBecause { get; set; }

    public EventFilter Filter() => new(Events, Verdicts, Categories);

    /// <summary>Those that a delivery is signed with, the newest first.</summary>
    public IReadOnlyList<string> SecretsAt(DateTimeOffset now) => PreviousSecret is { } previous && now < PreviousUntil ? [Secret, previous] : [Secret];

    /// <summary>256 random bits.</summary>
    public static string NewSecret() => SecretPrefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
}
