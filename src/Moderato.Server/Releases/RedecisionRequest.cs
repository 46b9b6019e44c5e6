using Moderato.Server.Hosting;

namespace Moderato.Server.Releases;

/// <summary>The body of <c>POST /v1/releases/{id}/redecide</c>.</summary>
/// <param name="To">Not included.</param>
/// <param name="Seed">Of the samples that a preview draws.</param>
/// <param name="LaterTiers">About at most so many contents a preview asks later tiers; 0: about none.</param>
public sealed record RedecisionRequest(DateTimeOffset From, DateTimeOffset To, string? Category, bool Preview, string? Reason, int PerMinute, int Seed, int LaterTiers)
{
    public static readonly string[] Fields = ["from", "to", "category", "preview", "reason", "perMinute", "seed", "laterTiers"];

    private const int DefaultPerMinute = 600;

    private const int MostPerMinute = 1_000_000;

    /// <returns>Null where something is wrong; the reader's errors say what.</returns>
    public static RedecisionRequest? Read(FieldReader read, DateTimeOffset now)
    {
        int before = read.Errors.Count;
        if (!read.Has("from", out _))
        {
            read.Errors.Add(new("from", "nothing", "give the time from which on decisions are to be made again"));
        }

        var from = read.Time("from");
        var to = read.Time("to") ?? now;
        if (from >= to)
        {
            read.Errors.Add(new("to", "a time that is not after from", "give a later one, or leave it out: until now"));
        }

        string? category = read.OneOf("category", Policies.Category.All);
        bool preview = read.Flag("preview") ?? false;
        string? reason = ReleaseEndpoints.ReasonOf(read);
        if (!preview && string.IsNullOrWhiteSpace(reason) && read.Errors.Count == before)
        {
            read.Errors.Add(new("reason", "nothing", "say why: authors' contents change, and the audit log and the events have it"));
        }

        double perMinute = read.Number("perMinute", 1, MostPerMinute) ?? DefaultPerMinute;
        double seed = read.Number("seed", 0, int.MaxValue) ?? 1;
        double laterTiers = read.Number("laterTiers", 0, TierTrials.Most) ?? TierTrials.Default;
        return read.Errors.Count > before ? null : new(from!.Value.ToUniversalTime(), to.ToUniversalTime(), category, preview, reason, (int)perMinute, (int)seed, (int)laterTiers);
    }
}
