namespace Moderato.Classification.Features;

/// <summary>Takes the hashes of a text as they are found, a few hundred at a time. A struct, so that the call is inlined.</summary>
internal interface IFeatureSink
{
    /// <summary>Hashes that <see cref="Take"/> will be given later: time to fetch what they stand for.</summary>
    void Expect(ReadOnlySpan<uint> hashes);

    void Take(ReadOnlySpan<uint> hashes);
}
