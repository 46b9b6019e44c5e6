namespace Moderato.Classification.Features;

/// <summary>Whether the next word is negated or quoted, as the words and signs before it say.</summary>
internal struct Scopes
{
    private const int NegatedWords = 4;

    /// <summary>A quotation that is never closed ends here.</summary>
    private const int QuotedWords = 60;

    private static readonly uint[] Negators = Hashes(
        // English, with and without its apostrophe
        "not no never none nobody nothing nowhere neither nor cannot without hardly "
        + "don't doesn't didn't isn't aren't wasn't weren't can't couldn't won't wouldn't shouldn't haven't hasn't hadn't ain't mustn't "
        + "dont doesnt didnt isnt arent wasnt werent cant couldnt wont wouldnt shouldnt havent hasnt hadnt aint mustnt "
        // German, French, Spanish, Portuguese, Italian, Dutch, Russian, Polish, Turkish
        + "nicht kein keine keinen keiner niemals nie ohne pas jamais sans nunca jamás sin não nem nunca sem non mai senza niet geen nooit "
        + "не нет ни никогда без nie nigdy bez değil yok");

    /// <summary>A bit for the high twelve bits of each negator's hash: most words are told apart by one load.</summary>
    private static readonly ulong[] Sieve = SieveOf(Negators);

    private int negatedLeft;
    private int quotedLeft;

    public readonly bool Negated => negatedLeft > 0;

    public readonly bool Quoted => quotedLeft > 0;

    public void AfterWord(uint hash)
    {
        negatedLeft = Math.Max(negatedLeft - 1, 0);
        quotedLeft = Math.Max(quotedLeft - 1, 0);
        if ((Sieve[hash >> 26] >> (int)((hash >> 20) & 63) & 1) != 0 && Negators.AsSpan().BinarySearch(hash) >= 0)
        {
            negatedLeft = NegatedWords;
        }
    }

    public void AfterSign(uint codePoint)
    {
        switch (codePoint)
        {
            case '.' or ',' or ';' or ':' or '!' or '?' or '(' or ')' or 0x3002 or 0xFF0C:
                negatedLeft = 0;
                break;
            case '"':
                quotedLeft = quotedLeft > 0 ? 0 : QuotedWords;
                break;
            case 0x201C or 0x201E or 0xAB or 0x300C:
                quotedLeft = quotedLeft > 0 && codePoint == 0x201C ? 0 : QuotedWords;
                break;
            case 0x201D or 0xBB or 0x300D:
                quotedLeft = 0;
                break;
        }
    }

    private static uint[] Hashes(string words)
    {
        uint[] hashes = [.. words.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Hashing.OfWord).Distinct()];
        Array.Sort(hashes);
        return hashes;
    }

    private static ulong[] SieveOf(uint[] hashes)
    {
        var sieve = new ulong[64];
        foreach (uint hash in hashes)
        {
            sieve[hash >> 26] |= 1UL << (int)((hash >> 20) & 63);
        }

        return sieve;
    }
}
