using System.Buffers;
using System.Text;

namespace Moderato.Investigation.Patterns.Signals;

internal enum WordKind : byte
{
    Word,
    Ideograph,
    Emoji,
}

/// <summary>A word of a text: a hash of its lower-case letters, and where it stands in the UTF-8.</summary>
/// <param name="AfterBreak">A mark that ends a clause stands between it and the word before.</param>
internal readonly record struct ScannedWord(ulong Hash, int Start, int End, int Letters, WordKind Kind, bool AfterBreak);

/// <summary>
/// One pass over a text: its words and the marks on its surface. Letters, digits and combining marks make words; an
/// apostrophe inside a word is passed over ("don't" is "dont"); a hashtag keeps its "#"; a Han character, a kana and an emoji is a
/// word of its own; URLs and @mentions are none. One instance is a reused buffer.
/// </summary>
internal sealed class TextScan
{
    /// <summary>Words between quotation marks from which on it is a quotation and no single word held at arm's length.</summary>
    private const int LeastQuotedWords = 3;

    /// <summary>Shorter words of two scripts are formulas: "Δt".</summary>
    private const int LeastMixedLetters = 4;

    private const ulong Seed = 0x9E3779B97F4A7C15;

    private ScannedWord[] words = new ScannedWord[256];
    private readonly int[] wordsOfScript = new int[Enum.GetValues<Script>().Length];
    private OpenWord open;
    private bool afterBreak;
    private QuoteMark openQuote;
    private int quotedFrom;

    public ReadOnlySpan<ScannedWord> Words => words.AsSpan(0, WordCount);

    public int WordCount { get; private set; }

    public int CasedLetters { get; private set; }

    public int UpperLetters { get; private set; }

    /// <summary>What the characters alone show; cues in words are the lexicon's.</summary>
    public TextSignal Marks { get; private set; }

    /// <summary>Words of a script; a single letter is none, as in faces made of letters.</summary>
    public int WordsOf(Script script) => wordsOfScript[(int)script];

    public void Read(ReadOnlySpan<byte> utf8)
    {
        (WordCount, CasedLetters, UpperLetters, Marks) = (0, 0, 0, TextSignal.None);
        (open, afterBreak, openQuote) = (default, false, QuoteMark.None);
        Array.Clear(wordsOfScript);
        int at = 0;
        bool lineStart = true;
        while (at < utf8.Length)
        {
            int read = 1;
            int code = utf8[at];
            if (code >= 0x80)
            {
                code = Rune.DecodeFromUtf8(utf8[at..], out var rune, out read) == OperationStatus.Done ? rune.Value : 0xFFFD;
            }
            else if (!open.Begun && Skipped(utf8[at..]) is var skipped and > 0)
            {
                at += skipped;
                lineStart = false;
                continue;
            }

            if (lineStart && code == '>' && at + 1 < utf8.Length && utf8[at + 1] is (byte)' ' or >= (byte)'A')
            {
                Marks |= TextSignal.Quotation;
            }

            Take(utf8, code, at, at + read);
            lineStart = code == '\n';
            at += read;
        }

        EndWord();
    }

    private void Take(ReadOnlySpan<byte> utf8, int code, int at, int end)
    {
        var kind = Characters.KindOf(code);
        switch (kind)
        {
            case CharacterKind.Letter:
                Extend(code, at, end);
                break;
            case CharacterKind.Digit or CharacterKind.Mark when open.Begun || kind == CharacterKind.Digit:
                open.Append(code, at, end);
                break;
            case CharacterKind.Mark or CharacterKind.Ignored:
                break;
            case CharacterKind.Ideograph or CharacterKind.Emoji:
                EndWord();
                open.Append(code, at, end);
                (open.Kind, open.Script) = kind == CharacterKind.Ideograph ? (WordKind.Ideograph, Script.EastAsian) : (WordKind.Emoji, Script.None);
                Marks |= kind == CharacterKind.Emoji ? TextSignal.Emoji : TextSignal.None;
                EndWord();
                break;
            default:
                Separate(utf8, code, at, end);
                break;
        }
    }

    private void Extend(int code, int at, int end)
    {
        int lower = Characters.Lower(code);
        if (lower != code || Characters.Upper(code) != code)
        {
            CasedLetters++;
            UpperLetters += lower != code ? 1 : 0;
        }

        var script = Characters.ScriptOf(code);
        open.Letters++;
        open.Mixed |= Characters.LookAlike(open.Script, script);
        open.Script = open.Script == Script.None ? script : open.Script;
        if (open.Masked)
        {
            Marks |= TextSignal.MaskedLetters;
            open.Masked = false;
        }

        open.Run = lower == open.Last ? open.Run + 1 : 1;
        open.Last = lower;
        open.Append(lower, at, end);
        open.Stretched |= open.Run >= 3;
    }

    private void Separate(ReadOnlySpan<byte> utf8, int code, int at, int end)
    {
        if (open.Begun && code is '\'' or 0x2019)
        {
            return;
        }

        if (open.Begun && code is '*' or '$')
        {
            open.Masked = open.Script != Script.None;
            if (open.Masked)
            {
                return;
            }
        }

        bool afterWord = open.Begun;
        EndWord();
        afterBreak |= code is not (' ' or '\t' or '-' or '*' or '_' or '/' or '\'' or 0x2019 or 0xA0);
        if (code is '?' or 0xFF1F or 0x61F or 0x37E or 0x55E)
        {
            Marks |= TextSignal.Question;
        }
        else if (Characters.QuoteOf(code) is var mark and not QuoteMark.None)
        {
            Quote(mark, afterWord);
        }
        else if ((code == '#' && end < utf8.Length && (char.IsAsciiLetter((char)utf8[end]) || utf8[end] >= 0x80)) || (code == '/' && IsToneMark(utf8, at)))
        {
            open.Append(code, at, end);
        }
    }

    private void Quote(QuoteMark mark, bool afterWord)
    {
        if (openQuote == QuoteMark.None)
        {
            // A straight mark right after a word closes something or means inches.
            if (mark != QuoteMark.Straight || !afterWord)
            {
                (openQuote, quotedFrom) = (mark, WordCount);
            }
        }
        else if (openQuote == mark)
        {
            Marks |= WordCount - quotedFrom >= LeastQuotedWords ? TextSignal.Quotation : TextSignal.None;
            openQuote = QuoteMark.None;
        }
    }

    /// <summary>"/s" at the end of a sentence.</summary>
    private static bool IsToneMark(ReadOnlySpan<byte> utf8, int at) =>
        (at == 0 || utf8[at - 1] <= ' ') && at + 1 < utf8.Length && utf8[at + 1] == 's'
        && (at + 2 == utf8.Length || !char.IsAsciiLetterOrDigit((char)utf8[at + 2]));

    /// <summary>How many bytes a URL or @mention takes that begins here; 0 when none does.</summary>
    private int Skipped(ReadOnlySpan<byte> rest)
    {
        if (rest[0] == '@')
        {
            int handle = 1;
            while (handle < rest.Length && (char.IsAsciiLetterOrDigit((char)rest[handle]) || rest[handle] == '_'))
            {
                handle++;
            }

            Marks |= handle > 1 ? TextSignal.Mention : TextSignal.None;
            return handle > 1 ? handle : 0;
        }

        if ((rest[0] | 0x20) is not ('h' or 'w') || !(Begins(rest, "http://"u8) || Begins(rest, "https://"u8) || Begins(rest, "www."u8)))
        {
            return 0;
        }

        Marks |= TextSignal.Url;
        int space = rest.IndexOfAny(" \t\r\n"u8);
        return space < 0 ? rest.Length : space;
    }

    private static bool Begins(ReadOnlySpan<byte> rest, ReadOnlySpan<byte> lower) =>
        rest.Length > lower.Length && Ascii.EqualsIgnoreCase(rest[..lower.Length], lower);

    private void EndWord()
    {
        if (!open.Begun)
        {
            return;
        }

        if (WordCount == words.Length)
        {
            Array.Resize(ref words, words.Length * 2);
        }

        words[WordCount++] = new(open.Hash, open.Start, open.End, open.Letters, open.Kind, afterBreak);
        wordsOfScript[(int)open.Script] += open.Letters != 1 ? 1 : 0;
        Marks |= open.Stretched ? TextSignal.StretchedLetters : TextSignal.None;
        Marks |= open.Mixed && open.Letters >= LeastMixedLetters ? TextSignal.MixedScript : TextSignal.None;
        (open, afterBreak) = (default, false);
    }

    private struct OpenWord
    {
        public ulong Hash;
        public int Start;
        public int End;
        public WordKind Kind;
        public Script Script;
        public int Last;
        public int Run;
        public int Letters;
        public bool Mixed;
        public bool Masked;
        public bool Stretched;

        public readonly bool Begun => End > 0;

        public void Append(int code, int at, int end)
        {
            if (!Begun)
            {
                (Hash, Start) = (Seed, at);
            }

            ulong mixed = (Hash ^ (uint)code) * 0xFF51AFD7ED558CCD;
            Hash = mixed ^ (mixed >> 32);
            End = end;
        }
    }
}
