using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Unicode;

namespace Moderato.Classification.Folding;

/// <summary>
/// Reads text into runs of the plain view: lower-cased, NFKC, all apostrophes as one, split at spaces. A text is loaded part
/// by part; a lone surrogate, and whatever is not UTF-8, counts as U+FFFD.
/// </summary>
internal sealed class RunFolder
{
    private const int PartLength = 4096;

    private readonly FoldingTable table = FoldingTable.Shipped;
    private readonly Composer composer = new(FoldingTable.Shipped);

    // A vector may read beyond the part.
    private readonly char[] part = new char[PartLength + TextRun.Slack];
    private readonly uint[] waiting = new uint[32];
    private int at;
    private int end;
    private int endOfRuns;
    private int waitingAt;
    private int waitingEnd;

    public void Start() => at = end = endOfRuns = waitingAt = waitingEnd = 0;

    /// <summary>Takes the first part of a text that has not ended.</summary>
    /// <returns>The rest.</returns>
    public ReadOnlySpan<char> Load(ReadOnlySpan<char> text)
    {
        int taken = Math.Min(text.Length, PartLength);
        taken -= taken < text.Length && char.IsHighSurrogate(text[taken - 1]) ? 1 : 0;
        text[..taken].CopyTo(part);
        Begin(taken, taken == text.Length);
        return text[taken..];
    }

    public ReadOnlySpan<byte> Load(ReadOnlySpan<byte> utf8)
    {
        Utf8.ToUtf16(utf8, part.AsSpan(0, PartLength), out int taken, out int written);
        Begin(written, taken == utf8.Length);
        return utf8[taken..];
    }

    /// <summary>The end of a text is a space that nobody wrote.</summary>
    private void Begin(int length, bool isLast)
    {
        (at, end, endOfRuns) = (0, length, length);
        if (isLast)
        {
            part.AsSpan(length, 2).Fill(' ');
            endOfRuns++;
        }
    }

    /// <summary>Takes the run that begins here, if it is a plain one and the part holds all of it. No other run may be open.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryTake(out PlainRun run)
    {
        while (at < end && PlainRun.IsSpace(part[at]))
        {
            at++;
        }

        run = new PlainRun(ref part[at]);
        int next = at + run.RunLength + 1;
        if (!run.IsPlain || next > endOfRuns || waitingAt < waitingEnd)
        {
            return false;
        }

        at = next;
        return true;
    }

    /// <summary>Takes from the part until the run is complete; false when the part ends before, and the run may go on in the next.</summary>
    public bool Fill(TextRun run)
    {
        if (waitingAt < waitingEnd && PushWaiting(run))
        {
            return true;
        }

        while (at < end)
        {
            at += run.AddAscii(part.AsSpan(at), end - at);
            if (at == end || run.IsFull)
            {
                break;
            }

            uint unit = part[at++];
            if (unit < 128)
            {
                // A space: what else is ASCII the run has taken.
                if (run.Length > 0)
                {
                    return Complete(run);
                }
            }
            else if (Push(char.IsSurrogate((char)unit) ? OfSurrogates() : unit, run))
            {
                return true;
            }
        }

        return run.IsFull && Complete(run);
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

    private uint OfSurrogates()
    {
        Rune.DecodeFromUtf16(part.AsSpan(at - 1, end - at + 1), out var rune, out int used);
        at += used - 1;
        return (uint)rune.Value;
    }

    private bool Push(uint codePoint, TextRun run)
    {
        ref readonly var folded = ref table.Folded(codePoint);
        if (!folded.Special)
        {
            return PushFolded(folded.Fold == 0 ? codePoint : folded.Fold, folded.Kind, folded.Looks, combining: false, run);
        }

        int record = table.RecordOf(codePoint);
        var fold = table.IsCombining(record) ? table.DecompositionOf(record) : table.FoldOf(record);
        if (fold.IsEmpty)
        {
            return PushFolded(codePoint, folded.Kind, folded.Looks, table.IsCombining(record), run);
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
            int record = table.RecordOf(codePoint);
            if (PushFolded(codePoint, table.KindOf(record), table.SkeletonClassOf(record), table.IsCombining(record), run))
            {
                return true;
            }
        }

        return false;
    }

    /// <returns>Whether the run is complete.</returns>
    private bool PushFolded(uint codePoint, CharKind kind, SkeletonClass looks, bool combining, TextRun run)
    {
        if (kind == CharKind.Space)
        {
            return run.Length > 0 && Complete(run);
        }

        if (looks == SkeletonClass.Unseen && run.Length > 0 && run.Kinds[^1] is CharKind.Alone or CharKind.Sign or CharKind.Digit)
        {
            // How an emoji is drawn or joined to the next is neither a word nor a disguise.
            return false;
        }

        run.Add(kind == CharKind.Apostrophe ? '\'' : codePoint, kind, looks, combining);
        return run.IsFull && Complete(run);
    }
}
