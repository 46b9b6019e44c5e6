using System.Net;
using Moderato.Server.Classification;

namespace Moderato.Server.Hosting;

/// <summary>Everything that a server is told when it starts. Read and checked as a whole by <see cref="SettingsReader"/>.</summary>
public sealed record ServerSettings
{
    public const string DefaultUrl = "http://127.0.0.1:5080";

    /// <summary>Holds the embedded store and the first admin key.</summary>
    public required string Data { get; init; }

    public IReadOnlyList<string> Urls { get; init; } = [DefaultUrl];

    /// <summary>A PostgreSQL connection string; null: SQLite in <see cref="Data"/>. A secret: never printed.</summary>
    public string? Storage { get; init; }

    /// <summary>Decisions that may wait to be committed before more are refused with 503.</summary>
    public int MostWaitingDecisions { get; init; } = 20_000;

    /// <summary>Surfaces of a workspace that are counted by name; the others are counted together.</summary>
    public int MostSurfaces { get; init; } = 100;

    public long MostBodyBytes { get; init; } = 32 * 1024 * 1024;

    /// <summary>Requests a second of a key that has no limit of its own.</summary>
    public int RequestsPerSecond { get; init; } = 100_000;

    /// <summary>How long texts are kept; null: until they are erased.</summary>
    public int? TextRetentionDays { get; init; }

    /// <summary>A PEM file with the certificate, and further ones up to the root; null: no TLS.</summary>
    public string? Certificate { get; init; }

    /// <summary>A PEM file with its private key.</summary>
    public string? CertificateKey { get; init; }

    /// <summary>Of language models, by the name that releases know them by.</summary>
    public IReadOnlyDictionary<string, EndpointSettings> Endpoints { get; init; } = new Dictionary<string, EndpointSettings>();

    /// <summary>Holds the weights and vocabularies of encoders; null: the folder <c>models</c> in <see cref="Data"/>.</summary>
    public string? Models { get; init; }

    public string ModelFolder => Models ?? Path.Combine(Data, "models");

    /// <summary>Networks of our own that webhooks may reach, over http too; none: https to public addresses, and loopback.</summary>
    public IReadOnlyList<IPNetwork> WebhookNetworks { get; init; } = [];

    /// <summary>How long events and their deliveries are kept.</summary>
    public int EventRetentionDays { get; init; } = 30;

    /// <summary>Where traces and metrics are sent by OTLP; null: nowhere.</summary>
    public Uri? Otlp { get; init; }
}
