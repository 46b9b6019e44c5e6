namespace Moderato.Classification.Features;

/// <summary>Takes the hashes of a text as they are found, a few hundred at a time. A struct, so that the call is inlined.</summary>
internal interface IFeatureSink
{
    void Take(ReadOnlySpan<uint> hashes);
}
