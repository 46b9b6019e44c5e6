namespace Moderato.Classification.Features;

/// <summary>Turns words into hashes: the word, the pair with the word before, and the word's character 3–5-grams with its boundaries.</summary>
internal sealed class FeatureWriter(FeatureFamilies families)
{
    /// <summary>No run gives more features than the buffer has left after <see cref="ShouldFlush"/>.</summary>
    private const int Capacity = 4096;

    private const uint WordSalt = 0x5BD1E995;
    private const uint PairSalt = 0x1B873593;
    private const uint SignSalt = 0x38B34AE5;
    private const uint SkipPairSalt = 0x7F4A7C15;
    private const uint NegatedSalt = 0x2545F491;
    private const uint QuotedSalt = 0x4F6CDD1D;

    private readonly uint[] pending = new uint[Capacity];
    private readonly uint[] prefixes = new uint[TextRun.Capacity + 3];
    private readonly bool skipPairs = families.HasFlag(FeatureFamilies.SkipPairs);
    private readonly bool negationScope = families.HasFlag(FeatureFamilies.NegationScope);
    private readonly bool quotationScope = families.HasFlag(FeatureFamilies.QuotationScope);
    private Scopes scopes;
    private int count;
    private uint beforePrevious;
    private uint previous;

    public bool ShouldFlush => count > Capacity / 2;

    public ReadOnlySpan<uint> Pending => pending.AsSpan(0, count);

    public void Start()
    {
        count = 0;
        scopes = default;
        beforePrevious = Hashing.Boundary;
        previous = Hashing.Boundary;
    }

    public void Flushed() => count = 0;

    public void Word(ReadOnlySpan<uint> word)
    {
        uint hash = WithPrefixes(word);
        WordHash(hash);
        CharGrams(word.Length + 2);
    }

    /// <summary>A word without character n-grams: an ideograph, an emoji, a placeholder.</summary>
    public void WordHash(uint hash)
    {
        Add(Hashing.Salted(hash, WordSalt));
        Add(Hashing.Pair(previous, hash, PairSalt));
        if (skipPairs)
        {
            Add(Hashing.Pair(beforePrevious, hash, SkipPairSalt));
        }

        if (negationScope && scopes.Negated)
        {
            Add(Hashing.Salted(hash, NegatedSalt));
        }

        if (quotationScope && scopes.Quoted)
        {
            Add(Hashing.Salted(hash, QuotedSalt));
        }

        scopes.AfterWord(hash);
        beforePrevious = previous;
        previous = hash;
    }

    public void Sign(uint codePoint, int times)
    {
        Add(Hashing.Salted(Hashing.Append((uint)Math.Min(times, 3), codePoint), SignSalt));
        scopes.AfterSign(codePoint);
    }

    /// <summary>The character n-grams of a run of words that are written without spaces.</summary>
    public void CharGrams(ReadOnlySpan<uint> run)
    {
        WithPrefixes(run);
        CharGrams(run.Length + 2);
    }

    public void End() => Add(Hashing.Pair(previous, Hashing.Boundary, PairSalt));

    /// <summary>Fills the prefix hashes of ␣word␣ and returns the hash of the word alone.</summary>
    private uint WithPrefixes(ReadOnlySpan<uint> word)
    {
        var to = prefixes;
        uint alone = 0;
        uint hash = Hashing.Append(0, Hashing.Boundary);
        to[0] = 0;
        to[1] = hash;
        for (int i = 0; i < word.Length; i++)
        {
            alone = Hashing.Append(alone, word[i]);
            hash = Hashing.Append(hash, word[i]);
            to[i + 2] = hash;
        }

        to[word.Length + 2] = Hashing.Append(hash, Hashing.Boundary);
        return alone;
    }

    private void CharGrams(int length)
    {
        // The n-gram that is ␣word␣ itself says what the word says.
        Grams(3, Hashing.Base3, length);
        Grams(4, Hashing.Base4, length);
        Grams(5, Hashing.Base5, length);
    }

    private void Grams(int n, uint power, int length)
    {
        int grams = length == n ? 0 : length - n + 1;
        for (int i = 0; i < grams; i++)
        {
            pending[count++] = unchecked(prefixes[i + n] - (prefixes[i] * power));
        }
    }

    private void Add(uint hash) => pending[count++] = hash;
}
