using Moderato.Classification.Folding;

namespace Moderato.Classification.Features;

/// <summary>Turns words into hashes: the word, the pair with the word before, and the word's character 3–5-grams with its boundaries.</summary>
internal sealed class FeatureWriter(FeatureFamilies families) : ISkeletonSink
{
    /// <summary>No run gives more features than the buffer has left after <see cref="ShouldFlush"/>.</summary>
    private const int Capacity = 16 * TextRun.MostCodePoints;

    private const uint WordSalt = 0x5BD1E995;
    private const uint PairSalt = 0x1B873593;
    private const uint SignSalt = 0x38B34AE5;
    private const uint SkipPairSalt = 0x7F4A7C15;
    private const uint NegatedSalt = 0x2545F491;
    private const uint QuotedSalt = 0x4F6CDD1D;
    private const uint DisguiseSalt = 0x6C62272E;
    private const uint ShoutedSalt = 0x165667B1;
    private const uint LengthSalt = 0x27D4EB2F;
    private const uint LoudnessSalt = 0x9E3779B9;

    private readonly uint[] pending = new uint[Capacity];
    private readonly bool skipPairs = families.HasFlag(FeatureFamilies.SkipPairs);
    private readonly bool negationScope = families.HasFlag(FeatureFamilies.NegationScope);
    private readonly bool quotationScope = families.HasFlag(FeatureFamilies.QuotationScope);
    private readonly bool shouting = families.HasFlag(FeatureFamilies.Shouting);
    private readonly bool shape = families.HasFlag(FeatureFamilies.Shape);
    private Scopes scopes;
    private bool shouted;
    private int runs;
    private int shoutedRuns;
    private int count;
    private int atRun;
    private uint beforePrevious;
    private uint previous;
    private uint beforeRun;
    private uint skeleton;
    private uint skeletonBefore;

    public bool ShouldFlush => count > Capacity / 2;

    public ReadOnlySpan<uint> Pending => pending.AsSpan(0, count);

    /// <summary>What was added since <see cref="StartRun"/>.</summary>
    public ReadOnlySpan<uint> PendingOfRun => pending.AsSpan(atRun..count);

    public void Start()
    {
        count = 0;
        scopes = default;
        beforePrevious = Hashing.Boundary;
        previous = Hashing.Boundary;
        skeleton = 0;
        skeletonBefore = 0;
        runs = 0;
        shoutedRuns = 0;
    }

    public void StartRun(TextRun run)
    {
        shouted = run.Capitals >= 2 && run.Capitals * 2 > run.Length;
        runs++;
        shoutedRuns += shouted ? 1 : 0;
        atRun = count;
        beforeRun = previous;
        skeletonBefore = skeleton;
        skeleton = 0;
    }

    public void Flushed() => count = 0;

    public void Word(BoundedWord word)
    {
        WordHash(word.Hash());
        CharGrams(word);
    }

    /// <summary>A word without character n-grams: an ideograph, an emoji, a placeholder.</summary>
    public void WordHash(uint hash)
    {
        Add(Hashing.Salted(hash, WordSalt));
        Add(Hashing.Pair(previous, hash, PairSalt));
        if (skeletonBefore != 0)
        {
            Add(Hashing.Pair(skeletonBefore, hash, PairSalt));
            skeletonBefore = 0;
        }

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

        if (shouting && shouted)
        {
            Add(Hashing.Salted(hash, ShoutedSalt));
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
    public void CharGrams(BoundedWord run) => count += run.Grams(pending.AsSpan(count));

    /// <summary>What a word of the run looks like: features as if it had been written so, and what disguised it.</summary>
    public void Skeleton(BoundedWord word, Disguises disguises)
    {
        skeleton = word.Hash();
        SkeletonHash(skeleton);
        CharGrams(word);
        for (uint left = (uint)disguises; left != 0; left &= left - 1)
        {
            Add(Hashing.Salted(left & ~(left - 1), DisguiseSalt));
        }
    }

    /// <summary>Another word that the last skeleton may stand for.</summary>
    public void OtherSpelling(BoundedWord word) => SkeletonHash(word.Hash());

    private void SkeletonHash(uint hash)
    {
        Add(Hashing.Salted(hash, WordSalt));
        Add(Hashing.Pair(beforeRun, hash, PairSalt));
        if (negationScope && scopes.Negated)
        {
            Add(Hashing.Salted(hash, NegatedSalt));
        }

        if (quotationScope && scopes.Quoted)
        {
            Add(Hashing.Salted(hash, QuotedSalt));
        }
    }

    public void End()
    {
        Add(Hashing.Pair(previous, Hashing.Boundary, PairSalt));
        if (shape)
        {
            Add(Hashing.Salted((uint)int.Log2(runs + 1), LengthSalt));
            Add(Hashing.Salted((uint)(shoutedRuns == 0 ? 0 : 1 + ((shoutedRuns - 1) * 4 / runs)), LoudnessSalt));
        }
    }

    private void Add(uint hash) => pending[count++] = hash;
}
