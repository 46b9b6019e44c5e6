using System.Numerics;
using System.Runtime.Intrinsics;
using Moderato.Classification.Folding;

namespace Moderato.Classification.Features;

/// <summary>
/// The second view of a text, for comparison and not for display: confusables and leet read as letters, unseen characters
/// and piled marks gone, stretched letters shortened, split-up letters joined. Gives the words that differ from the plain
/// view's, and those only.
/// </summary>
internal sealed class SkeletonReader(ISkeletonSink sink)
{
    private const int LeastSplitUp = 3;

    private readonly SkeletonItems looks = new();
    private readonly FoldingTable table = FoldingTable.Shipped;
    private readonly uint[] word = new uint[2 * TextRun.MostCodePoints];

    // What goes to the sink starts at 1.
    private readonly uint[] spelling = new uint[1 + (2 * TextRun.MostCodePoints) + PaddedWord.Slack];
    private readonly uint[] single = new uint[1 + TextRun.Capacity + PaddedWord.Slack];
    private int singles;

    public void Start() => singles = 0;

    /// <summary>After the plain view of the same run.</summary>
    public void Read(in PlainRun run)
    {
        if (run.Length == 1 && singles < TextRun.Capacity)
        {
            single[++singles] = run.Letters[0];
            return;
        }

        EndSingles();
        if (run.DigitPlaces != 0)
        {
            ReadLeet(run);
        }
    }

    /// <summary>The same as of any run, where nothing but digits may stand for letters.</summary>
    private void ReadLeet(in PlainRun run)
    {
        var (from, to) = SkeletonEdges.Trim(run);
        uint inside = (1u << to) - (1u << from);
        if (BitOperations.PopCount(run.LetterPlaces & inside) < 2 || (run.DigitPlaces & inside) == 0)
        {
            return;
        }

        run.Letters.CopyTo(word);
        uint ones = (uint)Vector512.Equals(run.Letters, Vector512.Create((uint)'1')).ExtractMostSignificantBits() & inside;
        bool changed = false;
        for (uint left = run.DigitPlaces & inside; left != 0; left &= left - 1)
        {
            int at = BitOperations.TrailingZeroCount(left);
            if (SkeletonItems.Leet(word[at]) is var letter && letter != 0)
            {
                word[at] = (ones & (1u << at) & ((ones << 1) | (ones >> 1))) != 0 ? 'l' : letter;
                changed = true;
            }
        }

        Finish(word.AsSpan(from, to - from), changed, changed ? Disguises.Leet : Disguises.None);
    }

    /// <summary>The same of any run.</summary>
    public void Read(TextRun run)
    {
        if (AddSingle(run))
        {
            return;
        }

        EndSingles();
        if (!MayDiffer(run) || !RunReader.MayBeDisguised(run))
        {
            return;
        }

        var items = looks.Of(run);
        while (!items.IsEmpty)
        {
            int end = items.IndexOf(SkeletonItemType.Break);
            if (end != 0)
            {
                Segment(end < 0 ? items : items[..end]);
            }

            items = end < 0 ? [] : items[(end + 1)..];
        }
    }

    /// <summary>Joins letters that stood alone, three or more in a row: "f u c k".</summary>
    public void EndSingles()
    {
        if (singles >= LeastSplitUp)
        {
            sink.Skeleton(new(single, 1, singles), Disguises.SplitUp);
        }

        singles = 0;
    }

    private bool AddSingle(TextRun run)
    {
        if (run.Length > 3)
        {
            return false;
        }

        uint letter = 0;
        int letters = 0;
        for (int i = 0; i < run.Length; i++)
        {
            uint codePoint = run.CodePoints[i];
            if (run.Kinds[i] is CharKind.Letter or CharKind.Digit || codePoint is '@' or '$')
            {
                letter = run.Kinds[i] == CharKind.Letter ? codePoint : SkeletonItems.Leet(codePoint);
                letters++;
            }
        }

        if (letters != 1 || letter == 0 || singles == TextRun.Capacity)
        {
            return false;
        }

        int record = table.RecordOf(letter);
        bool reads = table.SkeletonClassOf(record) is SkeletonClass.Accent or SkeletonClass.Variant;
        single[++singles] = reads ? table.SkeletonOf(record)[0] : letter;
        return true;
    }

    /// <summary>Whether it is worth a closer look: all but words of letters with punctuation around them.</summary>
    private static bool MayDiffer(TextRun run)
    {
        if (run.HasOtherLooks || run.HasStretch)
        {
            return true;
        }

        const uint Letter = 1 << (int)CharKind.Letter;
        if (run.KindsSeen == Letter || (run.KindsSeen & Letter) == 0)
        {
            return false;
        }

        ReadOnlySpan<uint> codePoints = run.CodePoints;
        ReadOnlySpan<CharKind> kinds = run.Kinds;
        int from = 0;
        int to = kinds.Length;
        while (from < to && kinds[from] is CharKind.Sign or CharKind.Apostrophe && codePoints[from] is not ('$' or '@'))
        {
            from++;
        }

        while (to > from && (kinds[to - 1] == CharKind.Apostrophe || codePoints[to - 1] is '.' or ',' or '!' or '?' or ':' or ';' or ')' or '"' or '-'))
        {
            to--;
        }

        return kinds[from..to].ContainsAnyExcept(CharKind.Letter, CharKind.Apostrophe);
    }

    private void Segment(ReadOnlySpan<SkeletonItem> items)
    {
        items = SkeletonEdges.Trim(items);
        int letters = items.CountOf(SkeletonItemType.Letter);
        int masks = items.CountOf(SkeletonItemType.Mask);
        if (letters == 0 || (letters < 2 && masks < 2 && items.CountOf(SkeletonItemType.Sign) < 1))
        {
            return;
        }

        if (IsSplitUp(items, SkeletonItemType.Separator) || (masks > 1 && IsSplitUp(items, SkeletonItemType.Mask)))
        {
            Word(items, joined: true);
            return;
        }

        while (!items.IsEmpty)
        {
            int end = items.IndexOf(SkeletonItemType.Separator);
            if (end != 0)
            {
                Word(end < 0 ? items : items[..end], joined: false);
            }

            items = end < 0 ? [] : items[(end + 1)..];
        }
    }

    /// <summary>"f.u.c.k", "fu-ck", "n-igger": some part is one letter, or all are at most two. For masks all are one: "f*u*c*k".</summary>
    private static bool IsSplitUp(ReadOnlySpan<SkeletonItem> items, SkeletonItemType separator)
    {
        int parts = 0;
        int shortest = int.MaxValue;
        int longest = 0;
        while (!items.IsEmpty)
        {
            int end = items.IndexOf(separator);
            int length = end < 0 ? items.Length : end;
            if (length > 0)
            {
                parts++;
                shortest = Math.Min(shortest, length);
                longest = Math.Max(longest, length);
            }

            items = end < 0 ? [] : items[(end + 1)..];
        }

        return separator == SkeletonItemType.Mask
            ? parts > 2 && longest == 1
            : parts > 1 && (shortest == 1 || longest <= 2);
    }

    private void Word(ReadOnlySpan<SkeletonItem> items, bool joined)
    {
        int length = 0;
        bool changed = joined;
        var disguises = joined ? Disguises.SplitUp : Disguises.None;
        for (int i = 0; i < items.Length; i++)
        {
            var item = items[i];
            if (joined && item.Type is SkeletonItemType.Separator or SkeletonItemType.Mask)
            {
                continue;
            }

            uint letter = item.Letter;
            if (item.Type == SkeletonItemType.Digit && SkeletonItems.Leet(letter) is var read && read != 0)
            {
                // "ki11", "he11o": two ones are two l.
                bool two = letter == '1' && ((i > 0 && items[i - 1].Letter == '1') || (i + 1 < items.Length && items[i + 1].Letter == '1'));
                letter = two ? 'l' : read;
                disguises |= Disguises.Leet;
                changed = true;
            }

            word[length++] = letter;
            disguises |= item.By;
            changed |= item.Changed;
        }

        Finish(word.AsSpan(0, length), changed, disguises);
    }

    /// <summary>The skeleton of a word but for stretched letters.</summary>
    private void Finish(ReadOnlySpan<uint> read, bool changed, Disguises disguises)
    {
        int shortened = Stretches.Shorten(read, spelling.AsSpan(1), keepDoubles: true);
        if (shortened < read.Length)
        {
            disguises |= Disguises.Stretched;
        }
        else if (!changed)
        {
            return;
        }

        sink.Skeleton(new(spelling, 1, shortened), disguises);
        int shortest = shortened < read.Length ? Stretches.Shorten(read, spelling.AsSpan(1), keepDoubles: false) : shortened;
        if (shortest < shortened)
        {
            sink.OtherSpelling(new(spelling, 1, shortest));
        }
    }
}
