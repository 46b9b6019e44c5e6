namespace Moderato.Cli.Input;

/// <summary>
/// Cells that a spreadsheet would take for a formula (CSV injection, CWE-1236): they get an apostrophe in front, which spreadsheets take for "this is text".
/// </summary>
internal static class SheetCell
{
    private const string FormulaStarts = "=+-@\t\r";

    public static string Guarded(string text) =>
        text.Length > 0 && (FormulaStarts.Contains(text[0], StringComparison.Ordinal) || IsGuarded(text)) ? "'" + text : text;

    public static string Unguarded(string text) => IsGuarded(text) ? text[1..] : text;

    /// <summary>An apostrophe before a formula, or before a text that began so itself.</summary>
    private static bool IsGuarded(string text)
    {
        int apostrophes = text.AsSpan().IndexOfAnyExcept('\'');
        return apostrophes > 0 && FormulaStarts.Contains(text[apostrophes], StringComparison.Ordinal);
    }
}
