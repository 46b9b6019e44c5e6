namespace Moderato.Classification.Features;

/// <summary>Takes the features of a text as they are found. A struct, so that the call is inlined.</summary>
internal interface IFeatureSink
{
    /// <param name="symbols">Of <see cref="GramSymbols"/>: the character n-grams that begin at them are features.</param>
    /// <param name="words">Hashes of words, pairs of words and all other features.</param>
    void Take(ReadOnlySpan<uint> symbols, ReadOnlySpan<uint> words);
}
