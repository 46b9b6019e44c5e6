using System.Text;

namespace Moderato.Classification.Folding;

/// <summary>
/// Reads text into runs of the plain view: lower-cased, NFKC, all apostrophes as one, split at spaces. A text may come in several parts; each part
/// ends at a code point. A lone surrogate counts as U+FFFD.
/// </summary>
internal sealed class RunFolder
{
    private static readonly byte[] AsciiKinds = [.. Enumerable.Range(0, 128).Select(AsciiKind)];

    private readonly FoldingTable table = FoldingTable.Shipped;
    private readonly Composer composer = new(FoldingTable.Shipped);
    private readonly uint[] waiting = new uint[32];
    private int waitingAt;
    private int waitingEnd;

    public void Start() => waitingAt = waitingEnd = 0;

    /// <summary>Takes from the text until the run is complete; false when the text ends before, and the run may go on in the next part.</summary>
    public bool Fill(ref ReadOnlySpan<char> text, TextRun run)
    {
        if (waitingAt < waitingEnd && PushWaiting(run))
        {
            return true;
        }

        int at = 0;
        while (at < text.Length)
        {
            uint unit = text[at];
            if (unit < 128)
            {
                at++;
                var kind = (CharKind)AsciiKinds[unit];
                if (kind == CharKind.Space)
                {
                    if (run.Length > 0)
                    {
                        text = text[at..];
                        return Complete(run);
                    }

                    continue;
                }

                if (unit == '`')
                {
                    unit = '\'';
                }
                else if (unit - 'A' < 26)
                {
                    unit |= 0x20;
                    run.CountCapital();
                }

                run.Add(unit, kind);
                if (run.IsFull)
                {
                    text = text[at..];
                    return Complete(run);
                }
            }
            else
            {
                Rune.DecodeFromUtf16(text[at..], out var rune, out int used);
                at += used;
                if (Push((uint)rune.Value, run))
                {
                    text = text[at..];
                    return true;
                }
            }
        }

        text = [];
        return false;
    }

    /// <summary>Ends the run that the text's end left open.</summary>
    public bool Complete(TextRun run)
    {
        if (run.HasCombining)
        {
            composer.Compose(run);
        }

        return run.Length > 0;
    }

    private bool Push(uint codePoint, TextRun run)
    {
        int record = table.RecordOf(codePoint);
        var fold = table.IsCombining(record) ? table.DecompositionOf(record) : table.FoldOf(record);
        if (fold.IsEmpty)
        {
            return PushFolded(codePoint, record, run);
        }

        fold.CopyTo(waiting);
        (waitingAt, waitingEnd) = (0, fold.Length);
        return PushWaiting(run);
    }

    /// <summary>A fold may be of several code points, even of several words.</summary>
    private bool PushWaiting(TextRun run)
    {
        while (waitingAt < waitingEnd)
        {
            uint codePoint = waiting[waitingAt++];
            if (PushFolded(codePoint, table.RecordOf(codePoint), run))
            {
                return true;
            }
        }

        return false;
    }

    /// <returns>Whether the run is complete.</returns>
    private bool PushFolded(uint codePoint, int record, TextRun run)
    {
        var kind = table.KindOf(record);
        if (kind == CharKind.Space)
        {
            return run.Length > 0 && Complete(run);
        }

        var looks = table.SkeletonClassOf(record);
        if (looks == SkeletonClass.Unseen && run.Length > 0 && run.Kinds[^1] is CharKind.Alone or CharKind.Sign or CharKind.Digit)
        {
            // How an emoji is drawn or joined to the next is neither a word nor a disguise.
            return false;
        }

        if (kind == CharKind.Apostrophe)
        {
            codePoint = '\'';
        }

        if (table.IsCombining(record))
        {
            run.AddCombining(codePoint, kind, looks);
        }
        else if (looks != SkeletonClass.None)
        {
            run.AddDisguised(codePoint, kind, looks);
        }
        else
        {
            run.Add(codePoint, kind);
        }

        return run.IsFull && Complete(run);
    }

    private static byte AsciiKind(int unit) => (byte)((char)unit switch
    {
        <= ' ' or (char)127 => CharKind.Space,
        '\'' or '`' => CharKind.Apostrophe,
        var letter when char.IsAsciiLetter(letter) => CharKind.Letter,
        var digit when char.IsAsciiDigit(digit) => CharKind.Digit,
        _ => CharKind.Sign,
    });
}
