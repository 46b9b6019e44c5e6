using Moderato.Classification.Folding;

namespace Moderato.Classification.Features;

/// <summary>Turns words into hashes: the word, the pair with the word before, and the word's character 3–5-grams with its boundaries.</summary>
internal sealed class FeatureWriter(FeatureFamilies families) : ISkeletonSink
{
    /// <summary>No run gives more than half of it.</summary>
    private const int Capacity = 24 * TextRun.MostCodePoints;

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

    private readonly uint[] words = new uint[Capacity];
    private readonly GramSymbols grams = new();
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
    private uint beforePrevious;
    private uint previous;
    private uint beforeRun;
    private uint skeleton;
    private uint skeletonBefore;

    public bool ShouldFlush => grams.ShouldFlush || count > Capacity / 2;

    public void Start()
    {
        count = 0;
        grams.Clear();
        scopes = default;
        beforePrevious = Hashing.Boundary;
        previous = Hashing.Boundary;
        skeleton = 0;
        skeletonBefore = 0;
        runs = 0;
        shoutedRuns = 0;
    }

    public void Run(in PlainRun run)
    {
        StartRun(run.RunLength, run.Capitals);
        WordHash(PaddedWord.Hash(run.Letters, run.Length));
        grams.Add(run.Letters, run.Length);
        if (run.Sign != 0)
        {
            Sign(run.Sign, 1);
        }
    }

    public void StartRun(int length, int capitals)
    {
        shouted = capitals >= 2 && capitals * 2 > length;
        runs++;
        shoutedRuns += shouted ? 1 : 0;
        beforeRun = previous;
        skeletonBefore = skeleton;
        skeleton = 0;
    }

    public void Flush<TSink>(ref TSink sink)
        where TSink : struct, IFeatureSink, allows ref struct
    {
        sink.Take(grams.Whole, words.AsSpan(0, count));
        grams.DropWhole();
        count = 0;
    }

    public void Word(PaddedWord word)
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
    public void CharGrams(PaddedWord run) => grams.Add(run);

    /// <summary>What a word of the run looks like: features as if it had been written so, and what disguised it.</summary>
    public void Skeleton(PaddedWord word, Disguises disguises)
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
    public void OtherSpelling(PaddedWord word) => SkeletonHash(word.Hash());

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

    public void End<TSink>(ref TSink sink)
        where TSink : struct, IFeatureSink, allows ref struct
    {
        Add(Hashing.Pair(previous, Hashing.Boundary, PairSalt));
        if (shape)
        {
            Add(Hashing.Salted((uint)int.Log2(runs + 1), LengthSalt));
            Add(Hashing.Salted((uint)(shoutedRuns == 0 ? 0 : 1 + ((shoutedRuns - 1) * 4 / runs)), LoudnessSalt));
        }

        sink.Take(grams.Rest(), words.AsSpan(0, count));
    }

    private void Add(uint hash) => words[count++] = hash;
}
