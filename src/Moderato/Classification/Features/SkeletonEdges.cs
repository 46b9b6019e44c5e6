using System.Numerics;
using Moderato.Classification.Folding;

namespace Moderato.Classification.Features;

/// <summary>What at the ends of a segment is punctuation or a number and not part of a word in disguise.</summary>
internal static class SkeletonEdges
{
    public static ReadOnlySpan<SkeletonItem> Trim(ReadOnlySpan<SkeletonItem> items)
    {
        int from = Leading(items);
        bool emphasised = from > 0 && items[0].Type == SkeletonItemType.Mask;
        items = items[from..];
        return items[..^Trailing(items, emphasised)];
    }

    /// <summary>The same of a run in which nothing but digits may stand for letters: where the word in disguise starts and ends.</summary>
    public static (int From, int To) Trim(in PlainRun run)
    {
        int leading = BitOperations.TrailingZeroCount(run.LetterPlaces);
        int from = leading == 1 ? 0 : leading;
        int trailing = BitOperations.Log2(run.LetterPlaces) + 1;
        bool keepDigit = run.Length - trailing == 1 && trailing - from >= 3 && KeptLast(run.Letters[trailing]);
        return (from, keepDigit ? run.Length : trailing);
    }

    public static int IndexOf(this ReadOnlySpan<SkeletonItem> items, SkeletonItemType type)
    {
        for (int i = 0; i < items.Length; i++)
        {
            if (items[i].Type == type)
            {
                return i;
            }
        }

        return -1;
    }

    public static int CountOf(this ReadOnlySpan<SkeletonItem> items, SkeletonItemType type)
    {
        int count = 0;
        foreach (var item in items)
        {
            count += item.Type == type ? 1 : 0;
        }

        return count;
    }

    /// <summary>"1diot" and "$hit" keep their first sign, "100k", "!wow" and "*word*" do not.</summary>
    private static int Leading(ReadOnlySpan<SkeletonItem> items)
    {
        int from = 0;
        while (from < items.Length && items[from].Type is SkeletonItemType.Separator or SkeletonItemType.Mask)
        {
            from++;
        }

        int signs = from;
        while (signs < items.Length && items[signs].Type is SkeletonItemType.Sign or SkeletonItemType.Digit)
        {
            signs++;
        }

        bool keep = signs - from == 1 && signs < items.Length && items[signs].Type is SkeletonItemType.Letter or SkeletonItemType.Mask
            && !(items[from].Type == SkeletonItemType.Sign && items[from].Letter is 'i' or 't');
        return keep ? from : signs;
    }

    private static bool KeptLast(uint digit) => digit is '0' or '1' or '3' or '4' or '5';

    /// <summary>"a$$", "f***" and "nigg4" keep their ends, "shit!", "*word*", "covid19" and "ps4" do not.</summary>
    private static int Trailing(ReadOnlySpan<SkeletonItem> items, bool emphasised)
    {
        int to = items.Length;
        while (to > 0 && (items[to - 1].Type == SkeletonItemType.Separator || (emphasised && items[to - 1].Type == SkeletonItemType.Mask)))
        {
            to--;
        }

        int digits = to;
        while (digits > 0 && items[digits - 1].Type == SkeletonItemType.Digit)
        {
            digits--;
        }

        bool keepDigit = to - digits == 1 && digits >= 3 && KeptLast(items[to - 1].Letter);
        to = keepDigit ? to : digits;
        while (to > 0 && items[to - 1] is { Type: SkeletonItemType.Sign, Letter: 'i' })
        {
            to--;
        }

        return items.Length - to;
    }
}
