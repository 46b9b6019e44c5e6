using Moderato.Classification.Folding;

namespace Moderato.Classification.Features;

/// <summary>Splits a run into words, signs, ideographs and placeholders for what differs from text to text: links, names of users, long numbers.</summary>
internal static class RunReader
{
    private const int LongNumber = 5;

    private const int ShortName = 4;

    private static readonly uint User = Hashing.OfWord("<user>");
    private static readonly uint Link = Hashing.OfWord("<link>");
    private static readonly uint Number = Hashing.OfWord("<number>");

    /// <summary>A link or a name is in no disguise. "@ss" is as likely a word as a name.</summary>
    public static bool MayBeDisguised(TextRun run) =>
        !StartsLink(run.CodePoints) && !(run.CodePoints[0] == '@' && run.Length > ShortName);

    public static void Read(TextRun run, FeatureWriter writer)
    {
        ReadOnlySpan<uint> codePoints = run.CodePoints;
        if (run.IsWord)
        {
            writer.Word(run.Word(0, run.Length));
            return;
        }

        if (StartsLink(codePoints))
        {
            ReadLink(run, writer);
            return;
        }

        ReadOnlySpan<CharKind> kinds = run.Kinds;
        for (int at = 0; at < codePoints.Length;)
        {
            int end = at + 1;
            switch (kinds[at])
            {
                case CharKind.Letter or CharKind.Digit:
                    end = WordEnd(kinds, at);
                    Word(run.Word(at, end), kinds[at..end], writer);
                    break;
                case CharKind.Alone:
                    while (end < kinds.Length && kinds[end] == CharKind.Alone)
                    {
                        end++;
                    }

                    Alone(run, at, end, writer);
                    break;
                default:
                    if (codePoints[at] == '@' && end < kinds.Length && kinds[end] is CharKind.Letter or CharKind.Digit)
                    {
                        end = WordEnd(kinds, end);
                        writer.WordHash(User);
                        break;
                    }

                    while (end < kinds.Length && codePoints[end] == codePoints[at])
                    {
                        end++;
                    }

                    writer.Sign(codePoints[at], end - at);
                    break;
            }

            at = end;
        }
    }

    /// <summary>A link is a placeholder and the words of its host.</summary>
    private static void ReadLink(TextRun run, FeatureWriter writer)
    {
        writer.WordHash(Link);
        ReadOnlySpan<uint> codePoints = run.CodePoints;
        ReadOnlySpan<CharKind> kinds = run.Kinds;
        int scheme = codePoints.IndexOf((uint)'/');
        int at = codePoints[0] == 'h' ? scheme + 2 : 0;
        while (at < codePoints.Length && codePoints[at] is not ('/' or '?' or '#' or ':'))
        {
            int end = WordEnd(kinds, at);
            if (end > at)
            {
                writer.Word(run.Word(at, end));
            }

            at = Math.Max(end, at + 1);
        }
    }

    private static int WordEnd(ReadOnlySpan<CharKind> kinds, int at)
    {
        while (at < kinds.Length && (kinds[at] is CharKind.Letter or CharKind.Digit
            || (kinds[at] == CharKind.Apostrophe && at + 1 < kinds.Length && kinds[at + 1] == CharKind.Letter)))
        {
            at++;
        }

        return at;
    }

    private static void Word(PaddedWord word, ReadOnlySpan<CharKind> kinds, FeatureWriter writer)
    {
        if (kinds.Length >= LongNumber && kinds.IndexOfAnyExcept(CharKind.Digit) < 0)
        {
            writer.WordHash(Number);
        }
        else
        {
            writer.Word(word);
        }
    }

    private static void Alone(TextRun run, int from, int to, FeatureWriter writer)
    {
        foreach (uint codePoint in run.CodePoints[from..to])
        {
            writer.WordHash(Hashing.Append(0, codePoint));
        }

        if (to - from >= 3)
        {
            writer.CharGrams(run.Word(from, to));
        }
    }

    private static bool StartsLink(ReadOnlySpan<uint> run) =>
        Starts(run, "http://") || Starts(run, "https://") || (Starts(run, "www.") && run.Length > 4);

    private static bool Starts(ReadOnlySpan<uint> run, string with)
    {
        if (run.Length < with.Length)
        {
            return false;
        }

        for (int i = 0; i < with.Length; i++)
        {
            if (run[i] != with[i])
            {
                return false;
            }
        }

        return true;
    }
}
