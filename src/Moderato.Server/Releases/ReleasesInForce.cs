using Moderato.Releases;

namespace Moderato.Server.Releases;

/// <summary>The releases that decide at one moment, loaded. Whoever decides many contents takes it once, so that no switch falls between them.</summary>
/// <param name="Share">Whose contents the canary decides; null where there is none.</param>
public sealed record ReleasesInForce(Cascade Live, Cascade? Canary, CanaryShare? Share, Cascade? Shadow)
{
    /// <param name="author">The author's hash, as the log has it.</param>
    public Cascade For(long? author, string contentId) => Canary is not null && Share!.Takes(author, contentId) ? Canary : Live;
}
