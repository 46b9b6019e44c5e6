using Moderato.Decisions;

namespace Moderato.Investigation.Patterns.Signals;

/// <summary>Reads the <see cref="TextSignal"/>s of texts. Linear in the text; about a microsecond for a comment.</summary>
public sealed class TextSignals
{
    // Fewer capitals may be an abbreviation or a name.
    private const int LeastCapitals = 8;
    private const double LeastShareOfCapitals = 0.7;

    /// <summary>Words of a second script from which on a text is in two scripts: one may be a brand.</summary>
    private const int LeastWordsOfScript = 2;

    // Faces have one or two kana in them.
    private const int LeastIdeographs = 4;

    private readonly TextScan scan = new();
    private readonly SignalLexicon lexicon = new();

    /// <summary>Every signal with the name it has in a slice.</summary>
    public static IReadOnlyList<(TextSignal Signal, string Name)> All { get; } =
    [
        (TextSignal.Quotation, "quotation"),
        (TextSignal.Negation, "negation"),
        (TextSignal.Question, "question"),
        (TextSignal.NewsRegister, "news register"),
        (TextSignal.MedicalRegister, "medical register"),
        (TextSignal.GamingRegister, "gaming register"),
        (TextSignal.FictionRegister, "fiction register"),
        (TextSignal.SarcasmCue, "sarcasm cue"),
        (TextSignal.ReclaimedUseCue, "in-group use cue"),
        (TextSignal.CounterSpeechCue, "counter-speech cue"),
        (TextSignal.DialectSpelling, "dialect spelling"),
        (TextSignal.CodeSwitching, "code-switching"),
        (TextSignal.MixedScript, "mixed script"),
        (TextSignal.Emoji, "emoji"),
        (TextSignal.AllCaps, "all capitals"),
        (TextSignal.Url, "URL"),
        (TextSignal.Mention, "mention"),
        (TextSignal.StretchedLetters, "stretched letters"),
        (TextSignal.MaskedLetters, "masked letters"),
    ];

    /// <summary>The signals of each text.</summary>
    public static TextSignal[] Of(PackedStrings texts)
    {
        var reader = new TextSignals();
        var signals = new TextSignal[texts.Count];
        for (int row = 0; row < signals.Length; row++)
        {
            signals[row] = reader.Read(texts.Utf8(row));
        }

        return signals;
    }

    /// <summary>The number of each term in the text that was read last; a term that occurs twice is reported twice.</summary>
    public void Find(Terms terms, Action<int> report) => terms.Find(scan, report);

    public TextSignal Read(ReadOnlySpan<byte> utf8)
    {
        scan.Read(utf8);
        var signals = scan.Marks | lexicon.Find(scan.Words);
        if (scan.UpperLetters >= LeastCapitals && scan.UpperLetters >= LeastShareOfCapitals * scan.CasedLetters)
        {
            signals |= TextSignal.AllCaps;
        }

        int scripts = 0;
        for (var script = Script.Latin; script <= Script.EastAsian; script++)
        {
            scripts += scan.WordsOf(script) >= (script == Script.EastAsian ? LeastIdeographs : LeastWordsOfScript) ? 1 : 0;
        }

        return scripts >= 2 ? signals | TextSignal.MixedScript : signals;
    }
}
