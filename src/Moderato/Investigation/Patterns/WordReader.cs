using Moderato.Investigation.Patterns.Signals;

namespace Moderato.Investigation.Patterns;

/// <summary>
/// The words of a scanned text that can be terms: of two letters or more; two neighbours of Han or kana together; emoji.
/// Numbers are none.
/// </summary>
internal ref struct WordReader(TextScan scan)
{
    private readonly ReadOnlySpan<ScannedWord> words = scan.Words;
    private int at = -1;

    public ScannedWord Current { get; private set; }

    public readonly WordReader GetEnumerator() => this;

    public bool MoveNext()
    {
        while (++at < words.Length)
        {
            var word = words[at];
            switch (word.Kind)
            {
                case WordKind.Word when word.Letters >= 2:
                case WordKind.Emoji:
                    Current = word;
                    return true;
                case WordKind.Ideograph when at + 1 < words.Length && words[at + 1] is { Kind: WordKind.Ideograph } next && next.Start == word.End:
                    Current = word with { Hash = (word.Hash * 0x9E3779B97F4A7C15) ^ next.Hash, End = next.End };
                    return true;
            }
        }

        return false;
    }
}
