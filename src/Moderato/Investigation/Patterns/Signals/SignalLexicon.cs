using System.Numerics;
using System.Text;

namespace Moderato.Investigation.Patterns.Signals;

/// <summary>
/// Finds the cues of all signals in one pass over a text's words: a trie of phrases, held as hashes. One instance counts
/// for one text at a time.
/// </summary>
internal sealed class SignalLexicon
{
    private static readonly Cues[] AllCues =
    [
        RegisterCues.News, RegisterCues.Medical, RegisterCues.Gaming, RegisterCues.Fiction,
        StanceCues.Quotation, StanceCues.Negation, StanceCues.Sarcasm, StanceCues.ReclaimedUse, StanceCues.CounterSpeech,
        StanceCues.Dialect,
    ];

    private static readonly Dictionary<ulong, Phrase> Phrases = Build();

    // Per phrase the number of the text that last had it: a cue counts once a text.
    private readonly int[] seenIn = new int[Phrases.Count];
    private readonly int[] weak = new int[AllCues.Length];
    private readonly int[] languages = new int[LanguageCues.FunctionWords.Count];
    private int text;

    public TextSignal Find(ReadOnlySpan<ScannedWord> words)
    {
        text++;
        Array.Clear(weak);
        Array.Clear(languages);
        var found = TextSignal.None;
        for (int first = 0; first < words.Length; first++)
        {
            ulong hash = 0;
            for (int at = first; at < words.Length && (at == first || !words[at].AfterBreak); at++)
            {
                hash = Extend(hash, words[at].Hash);
                if (!Phrases.TryGetValue(hash, out var phrase))
                {
                    break;
                }

                if (phrase.Id >= 0 && seenIn[phrase.Id] != text)
                {
                    seenIn[phrase.Id] = text;
                    found |= phrase.Strong;
                    Count(phrase.WeakCues, weak);
                    Count(phrase.Languages, languages);
                }
            }
        }

        for (int i = 0; i < weak.Length; i++)
        {
            found |= AllCues[i].Weak.Length > 0 && weak[i] >= AllCues[i].WeakNeeded ? AllCues[i].Signal : TextSignal.None;
        }

        int spoken = 0;
        foreach (int count in languages)
        {
            spoken += count >= LanguageCues.Needed ? 1 : 0;
        }

        return spoken >= 2 ? found | TextSignal.CodeSwitching : found;
    }

    private static void Count(uint bits, int[] counts)
    {
        for (; bits != 0; bits &= bits - 1)
        {
            counts[BitOperations.TrailingZeroCount(bits)]++;
        }
    }

    private static ulong Extend(ulong hash, ulong word)
    {
        hash = (hash ^ word) * 0x9E3779B97F4A7C15;
        return hash ^ (hash >> 29);
    }

    private static Dictionary<ulong, Phrase> Build()
    {
        var phrases = new Dictionary<ulong, Phrase>();
        var scan = new TextScan();
        int ids = 0;
        for (int i = 0; i < AllCues.Length; i++)
        {
            uint bit = 1u << i;
            var signal = AllCues[i].Signal;
            Add(AllCues[i].Strong, phrase => phrase with { Strong = phrase.Strong | signal });
            Add(AllCues[i].Weak, phrase => phrase with { WeakCues = phrase.WeakCues | bit });
        }

        for (int i = 0; i < LanguageCues.FunctionWords.Count; i++)
        {
            uint bit = 1u << i;
            Add(LanguageCues.FunctionWords[i], phrase => phrase with { Languages = phrase.Languages | bit });
        }

        return phrases;

        void Add(string list, Func<Phrase, Phrase> mark)
        {
            foreach (string cue in list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                scan.Read(Encoding.UTF8.GetBytes(cue));
                ulong hash = 0;
                foreach (var word in scan.Words)
                {
                    hash = Extend(hash, word.Hash);
                    phrases.TryAdd(hash, new(-1, TextSignal.None, 0, 0));
                }

                var phrase = phrases[hash];
                phrases[hash] = mark(phrase.Id >= 0 ? phrase : phrase with { Id = ids++ });
            }
        }
    }

    /// <param name="Id">−1 for what is only the beginning of phrases.</param>
    /// <param name="WeakCues">Bit i: a weak cue of the i-th cues.</param>
    /// <param name="Languages">Bit i: a function word of the i-th language.</param>
    private readonly record struct Phrase(int Id, TextSignal Strong, uint WeakCues, uint Languages);
}
