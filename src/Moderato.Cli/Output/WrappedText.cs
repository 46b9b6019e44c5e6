using System.Globalization;
using System.Text;

namespace Moderato.Cli.Output;

/// <summary>Text for a terminal: measured in cells, broken between words, and unable to move the cursor.</summary>
public static class WrappedText
{
    /// <summary>Lines of at most <paramref name="width"/> cells; a longer word is cut.</summary>
    public static IReadOnlyList<string> Lines(string text, int width)
    {
        var lines = new List<string>();
        var line = new StringBuilder();
        int used = 0;
        foreach (string word in Printable(text).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            string fitting = Fit(word, width);
            int cells = Cells(fitting);
            if (used > 0 && used + 1 + cells > width)
            {
                lines.Add(line.ToString());
                line.Clear();
                used = 0;
            }

            if (used > 0)
            {
                line.Append(' ');
                used++;
            }

            line.Append(fitting);
            used += cells;
        }

        if (used > 0)
        {
            lines.Add(line.ToString());
        }

        return lines;
    }

    /// <summary>The first <paramref name="most"/> of the lines, the last one ending in an ellipsis when there were more.</summary>
    public static IReadOnlyList<string> Lines(string text, int width, int most)
    {
        var lines = Lines(text, width);
        return lines.Count <= most ? lines : [.. lines.Take(most - 1), Fit(lines[most - 1] + " …", width)];
    }

    /// <summary>A command line over several lines, each but the last ending as a shell wants it; an argument stays whole.</summary>
    public static IReadOnlyList<string> Command(string command, int width)
    {
        var lines = new List<string>();
        string line = "";
        foreach (string argument in Arguments(Printable(command)))
        {
            if (line.Length > 0 && Cells(line) + 1 + Cells(argument) > width - 2)
            {
                lines.Add(line + @" \");
                line = "  " + argument;
            }
            else
            {
                line = line.Length == 0 ? argument : $"{line} {argument}";
            }
        }

        lines.Add(line);
        return lines;
    }

    /// <summary>The text in exactly <paramref name="width"/> cells, cut with an ellipsis or padded.</summary>
    public static string Padded(string text, int width)
    {
        string fitting = Fit(Printable(text), width);
        return fitting + new string(' ', width - Cells(fitting));
    }

    private static IEnumerable<string> Arguments(string command)
    {
        int start = 0;
        bool quoted = false;
        for (int i = 0; i <= command.Length; i++)
        {
            quoted ^= i < command.Length && command[i] == '\'';
            if (i == command.Length || (command[i] == ' ' && !quoted))
            {
                yield return command[start..i];
                start = i + 1;
            }
        }
    }

    public static int Cells(string text)
    {
        int cells = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            cells += Cells(rune);
        }

        return cells;
    }

    private static string Fit(string text, int width)
    {
        if (Cells(text) <= width)
        {
            return text;
        }

        var kept = new StringBuilder();
        int used = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (used + Cells(rune) > width - 1)
            {
                break;
            }

            kept.Append(rune);
            used += Cells(rune);
        }

        return kept.Append('…').ToString();
    }

    // Ids, terms and column names come from a file; an escape sequence in one is text, not an order to the terminal.
    private static string Printable(string text)
    {
        var printable = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            printable.Append(rune.Value is '\n' or '\t' ? ' ' : Rune.IsControl(rune) ? '\ufffd' : rune.ToString());
        }

        return printable.ToString();
    }

    private static int Cells(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format => 0,
        _ => rune.Value is (>= 0x1100 and <= 0x115f) or (>= 0x2e80 and <= 0xa4cf) or (>= 0xac00 and <= 0xd7a3) or (>= 0xf900 and <= 0xfaff)
            or (>= 0xfe30 and <= 0xfe6f) or (>= 0xff00 and <= 0xff60) or (>= 0x1f300 and <= 0x1faff) or (>= 0x20000 and <= 0x3fffd) ? 2 : 1,
    };
}
