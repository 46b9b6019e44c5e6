using System.Globalization;
using System.Text;
using Moderato.Cli.Input;
using Moderato.Investigation.Patterns;
using Moderato.Investigation.Sampling;
using Moderato.Pictures;

namespace Moderato.Cli.Output;

/// <summary>One content in the middle, the keys below it, nothing else (LOOK, "The queue"). What the classifier said is not shown before the answer is given.</summary>
internal sealed class LabelScreen(Terminal terminal, SheetFile sheet, LabellingSession session, bool blurred)
{
    /// <summary>After so many answers a pause is suggested.</summary>
    private const int PauseAfter = 50;

    private const int MostLines = 30;

    private const char FirstCode = 'a';

    public void Content(int row, bool revealed, string? remark)
    {
        Body(row, revealed, remark);
        Line($"1 ● safe   3 ■ violating   s skip   u undo   {(blurred && !revealed ? "space show   " : "")}q stop   ? all keys");
    }

    /// <summary>Asked once a flagged content was called safe: now the reader may know.</summary>
    public void Codes(int row)
    {
        Body(row, revealed: true, remark: "It was flagged. What made it look violating?");
        CodeKeys();
        Line("a letter, or Enter for none   u undo");
    }

    /// <summary>A false positive of the sheet that is only coded.</summary>
    public void ToCode(int row, string? remark)
    {
        Body(row, revealed: true, remark ?? "A false positive. What made it look violating?");
        CodeKeys();
        Line("a letter   Enter skip   u undo   q stop   ? examples");
    }

    /// <summary>Each code with an example, and when its neighbour is the right one.</summary>
    public void Codebook()
    {
        Clear();
        foreach (var code in FalsePositiveCodes.All)
        {
            Line($"{code.Code}: {code.Meaning}");
            Text($"“{code.Example}”", "    ", 2);
            Text($"not where {code.Instead}", "    ", 2);
        }

        Line("Any key goes back.");
    }

    /// <summary>The code of a key; null where it is none.</summary>
    public static string? CodeOf(ConsoleKeyInfo key) => FalsePositiveCodes.All.ElementAtOrDefault(char.ToLowerInvariant(key.KeyChar) - FirstCode)?.Code;

    public void AllKeys()
    {
        Clear();
        string[] help =
        [
            "1      safe: the content does not violate the policy",
            "3      violating",
            "s      skip: it is asked again next time",
            "u      undo the last answer of this session, and the one before",
            "space  show the text, where --blur hides it",
            "q      stop; every answer is in the sheet already (so is it after Ctrl-C)",
            "?      this page",
            "",
            "A content that was flagged and that you call safe gets a code: why it was flagged.",
            "Any key goes back.",
        ];
        foreach (string line in help)
        {
            Line(line);
        }
    }

    public static string KeyOf(int code) => ((char)(FirstCode + code)).ToString(CultureInfo.InvariantCulture);

    private void CodeKeys()
    {
        for (int i = 0; i < FalsePositiveCodes.All.Count; i++)
        {
            Line($"  {KeyOf(i)}  {FalsePositiveCodes.All[i].Meaning}");
        }
    }

    private void Body(int row, bool revealed, string? remark)
    {
        Clear();
        Line($"{Numbers.Count(session.Labelled)} of {Numbers.Count(session.Count)} {(sheet.OnlyCodes ? "coded" : "labelled")}"
            + (sheet.OnlyCodes ? "" : sheet[row, "category"] is { Length: > 0 } category ? $" · does it violate the policy on {category}?" : " · does it violate the policy?"));
        if (session.Answered > 0 && session.Answered % PauseAfter == 0)
        {
            Line($"{Numbers.Count(session.Answered)} since you began. A short pause keeps the eye fair.");
        }

        Line("");
        if (sheet[row, "context"] is { Length: > 0 } context)
        {
            Text("in answer to: " + SheetCell.Unguarded(context), "    ", 6);
            Line("");
        }

        if (revealed || !blurred)
        {
            Text(SheetCell.Unguarded(sheet[row, "text"]), "  ", MostLines);
        }
        else
        {
            Line("  (hidden; space shows it)");
        }

        Line("");
        Line(remark ?? "");
    }

    private void Clear()
    {
        if (terminal.OutputIsWatched)
        {
            terminal.Output.Write("\u001b[H\u001b[2J");
        }
    }

    private void Text(string text, string indent, int most)
    {
        foreach (string line in WrappedText.Lines(Breakable(text, terminal.Width - (2 * indent.Length)), terminal.Width - (2 * indent.Length), most))
        {
            Line(indent + line);
        }
    }

    /// <summary>As it is where it fits, so that columns stay; else broken between words.</summary>
    private void Line(string line)
    {
        foreach (string part in WrappedText.Cells(line) <= terminal.Width ? [line] : WrappedText.Lines(line, terminal.Width, MostLines))
        {
            terminal.Output.WriteLine(part);
        }
    }

    /// <summary>Text without spaces (Chinese, one long link) goes on in the next line instead of being cut.</summary>
    private static string Breakable(string text, int width)
    {
        var broken = new StringBuilder();
        int used = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            used = Rune.IsWhiteSpace(rune) ? 0 : used + WrappedText.Cells(rune.ToString());
            if (used > width - 1)
            {
                broken.Append(' ');
                used = WrappedText.Cells(rune.ToString());
            }

            broken.Append(rune);
        }

        return broken.ToString();
    }
}
