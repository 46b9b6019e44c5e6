using System.Text;

namespace Moderato.Drills.Simulation;

/// <summary>What hands do to a text whatever its language: capitals, small letters, missing stops, emoji, slips; and the edits of a copied text.</summary>
internal static class TextStyle
{
    private static readonly string[] Emoji = ["😂", "🙏", "🔥", "😅", "❤️", "👀", "💀", "🥲", "🎉", "👍", "😭", "🤷"];
    private static readonly string[] Prefixes = ["ok so ", "update: ", "ps: ", "@all ", "hm, ", "edit: "];

    public static string Finish(StringBuilder text, bool casual, SeededRandom random)
    {
        if (!casual)
        {
            text[0] = char.ToUpperInvariant(text[0]);
            return text.ToString();
        }

        if (random.Chance(.5))
        {
            text[0] = char.ToUpperInvariant(text[0]);
        }
        else
        {
            for (int at = 0; at < text.Length; at++)
            {
                text[at] = char.ToLowerInvariant(text[at]);
            }
        }

        if (text[^1] == '.' && random.Chance(.5))
        {
            text.Length--;
        }

        if (random.Chance(.1))
        {
            Slip(text, random);
        }

        if (random.Chance(.18))
        {
            text.Append(' ').Append(Emoji[random.Below(Emoji.Length)]);
        }

        return text.ToString();
    }

    /// <summary>A copy as people pass it on: nearly the same text, seldom the same bytes.</summary>
    public static string Copy(string original, SeededRandom random)
    {
        var text = new StringBuilder(original);
        if (random.Chance(.3))
        {
            text.Insert(0, Prefixes[random.Below(Prefixes.Length)]);
        }

        if (random.Chance(.4))
        {
            Slip(text, random);
        }

        if (random.Chance(.5))
        {
            text.Append(random.Chance(.5) ? " " + Emoji[random.Below(Emoji.Length)] : new string('!', 1 + random.Below(3)));
        }

        return text.ToString();
    }

    /// <summary>Two neighbouring letters change places.</summary>
    private static void Slip(StringBuilder text, SeededRandom random)
    {
        int at = random.Below(Math.Max(1, text.Length - 1));
        if (at + 1 < text.Length && char.IsAsciiLetterLower(text[at]) && char.IsAsciiLetterLower(text[at + 1]))
        {
            (text[at], text[at + 1]) = (text[at + 1], text[at]);
        }
    }
}
