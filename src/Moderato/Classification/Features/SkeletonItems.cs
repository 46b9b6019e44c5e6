using Moderato.Classification.Folding;

namespace Moderato.Classification.Features;

/// <summary>Looks at a run code point by code point: what is not seen is gone, what looks like a Latin letter is one.</summary>
internal sealed class SkeletonItems
{
    private readonly FoldingTable table = FoldingTable.Shipped;

    // The second half of a two-letter skeleton (ß, œ) is an item of its own.
    private readonly SkeletonItem[] items = new SkeletonItem[2 * TextRun.MostCodePoints];
    private int count;

    public ReadOnlySpan<SkeletonItem> Of(TextRun run)
    {
        count = 0;
        bool latin = PassesForLatin(run);
        var hidden = Disguises.None;
        var codePoints = run.CodePoints;
        for (int i = 0; i < codePoints.Length; i++)
        {
            uint codePoint = codePoints[i];
            if (codePoint < 128)
            {
                Add(Ascii(run, i), ref hidden);
                continue;
            }

            int record = table.RecordOf(codePoint);
            switch (table.SkeletonClassOf(record))
            {
                case SkeletonClass.Unseen:
                    hidden |= Disguises.Unseen;
                    break;
                case SkeletonClass.Mark:
                    hidden |= Disguises.Marks;
                    break;
                case SkeletonClass.Accent:
                    AddLetters(table.SkeletonOf(record), Disguises.None, ref hidden);
                    break;
                case SkeletonClass.Variant when table.KindOf(record) == CharKind.Sign:
                    uint letter = table.SkeletonOf(record)[0];
                    Add(new(letter, letter == '*' ? SkeletonItemType.Mask : SkeletonItemType.Sign, Disguises.Leet, true), ref hidden);
                    break;
                case SkeletonClass.Variant:
                    AddLetters(table.SkeletonOf(record), Disguises.Lookalikes, ref hidden);
                    break;
                case SkeletonClass.Lookalike or SkeletonClass.StrictLookalike when latin:
                    AddLetters(table.SkeletonOf(record), Disguises.Lookalikes, ref hidden);
                    break;
                default:
                    Add(new(codePoint, table.KindOf(record) == CharKind.Letter ? SkeletonItemType.Letter : SkeletonItemType.Break, Disguises.None, false), ref hidden);
                    break;
            }
        }

        if (hidden != Disguises.None && count > 0)
        {
            items[count - 1] = items[count - 1] with { By = items[count - 1].By | hidden, Changed = true };
        }

        return items.AsSpan(0, count);
    }

    /// <summary>The letter that a digit or a sign stands for in leet; 0 for one that stands for none.</summary>
    public static uint Leet(uint codePoint) => codePoint switch
    {
        '0' => 'o',
        '1' => 'i',
        '3' => 'e',
        '4' => 'a',
        '5' => 's',
        '6' => 'g',
        '7' => 't',
        '8' => 'b',
        '9' => 'g',
        '@' => 'a',
        '$' => 's',
        '!' => 'i',
        '|' => 'i',
        '+' => 't',
        _ => 0,
    };

    /// <summary>Whether letters that pass for Latin ones are read as such: among Latin letters, or where nothing says that they are not.</summary>
    private bool PassesForLatin(TextRun run)
    {
        int strict = 0;
        bool others = false;
        foreach (uint codePoint in run.CodePoints)
        {
            int record = table.RecordOf(codePoint);
            if (table.KindOf(record) != CharKind.Letter)
            {
                continue;
            }

            switch (table.SkeletonClassOf(record))
            {
                case SkeletonClass.None when codePoint < 128:
                    return true;
                case SkeletonClass.StrictLookalike:
                    strict++;
                    break;
                case SkeletonClass.None or SkeletonClass.Lookalike:
                    others = true;
                    break;
            }
        }

        return strict >= 3 && !others;
    }

    private static SkeletonItem Ascii(TextRun run, int at)
    {
        uint codePoint = run.CodePoints[at];
        return run.Kinds[at] switch
        {
            CharKind.Letter => new(codePoint, SkeletonItemType.Letter, Disguises.None, false),
            CharKind.Apostrophe => new(codePoint, BetweenLetters(run, at) ? SkeletonItemType.Letter : SkeletonItemType.Break, Disguises.None, false),
            CharKind.Digit => new(codePoint, SkeletonItemType.Digit, Disguises.None, false),
            _ => codePoint switch
            {
                '*' or '#' or '%' or '&' or '^' => new('*', SkeletonItemType.Mask, Disguises.Masks, true),
                '.' or '-' or '_' or '~' => new(codePoint, SkeletonItemType.Separator, Disguises.None, true),
                _ when Leet(codePoint) is var letter && letter != 0 => new(letter, SkeletonItemType.Sign, Disguises.Leet, true),
                _ => new(codePoint, SkeletonItemType.Break, Disguises.None, false),
            },
        };
    }

    private static bool BetweenLetters(TextRun run, int at) =>
        at > 0 && at + 1 < run.Length && run.Kinds[at - 1] == CharKind.Letter && run.Kinds[at + 1] == CharKind.Letter;

    private void AddLetters(ReadOnlySpan<uint> letters, Disguises by, ref Disguises hidden)
    {
        foreach (uint letter in letters)
        {
            Add(new(letter, SkeletonItemType.Letter, by, true), ref hidden);
        }
    }

    /// <summary>What was not seen before an item is charged to it.</summary>
    private void Add(SkeletonItem item, ref Disguises hidden)
    {
        items[count++] = hidden == Disguises.None ? item : item with { By = item.By | hidden, Changed = true };
        hidden = Disguises.None;
    }
}
