namespace Moderato.Releases;

/// <summary>The model of one tier of a release.</summary>
/// <param name="Tier"><c>ngram</c>, <c>encoder</c> or <c>llm</c>.</param>
/// <param name="Version">The model's own name for itself.</param>
/// <param name="File">Its file, beside <c>release.json</c>.</param>
/// <param name="Sha256">Of the whole file, in lower-case hexadecimal.</param>
public sealed record TierModel(string Tier, string Version, string File, string Sha256)
{
    public const string Ngram = "ngram";
    public const string Encoder = "encoder";
    public const string Llm = "llm";
}
