using System.CommandLine;
using Moderato.Cli.Input;
using Moderato.Cli.Output;
using Moderato.Investigation.Sampling;
using Moderato.Pictures;

namespace Moderato.Cli.Commands;

/// <summary><c>moderato label SHEET</c>: fill in a coding sheet with one key a content. Each answer is on disk before the next content is shown.</summary>
public static class LabelCommand
{
    private static readonly Argument<string> Sheet = new("SHEET") { Description = "The sheet that sample wrote, or the false-positives.csv of an investigation; it is filled in place." };

    private static readonly Option<bool> Second = new("--second")
    {
        Description = "Fill in second_label, without seeing the first: two people tell contested content and wrong labels apart.",
    };

    private static readonly Option<bool> Blur = new("--blur") { Description = "Hide each text until the space bar is pressed." };

    public static Command Create(Terminal terminal)
    {
        var command = new VerbCommand("label", "Label a coding sheet with one key a content.", "moderato label sheet.csv", "moderato label sheet.csv --second --blur");
        command.Arguments.Add(Sheet);
        command.Options.Add(Second);
        command.Options.Add(Blur);
        command.Options.Add(CommonOptions.Json);
        return command.Does((parse, cancel) => Run(parse, terminal, cancel));
    }

    private static int Run(ParseResult parse, Terminal terminal, CancellationToken cancel)
    {
        string path = parse.GetValue(Sheet)!;
        var sheet = new SheetFile(path);
        if (terminal.ReadKey is not { } readKey)
        {
            throw new InputException("standard input", "it is no keyboard", $"run it in a terminal, or fill in column \"label\" of {path} in a spreadsheet: 1 violating, 0 safe");
        }

        string column = sheet.OnlyCodes ? "code" : parse.GetValue(Second) ? "second_label" : "label";
        if (sheet.OnlyCodes)
        {
            CheckToCode(sheet, path, parse.GetValue(Second));
        }

        var session = new LabellingSession(Enumerable.Range(0, sheet.Count).Select(row => sheet.OnlyCodes ? CodedOf(sheet, row) : LabelOf(sheet, row, column, path)));
        bool json = parse.GetValue(CommonOptions.Json);
        var shown = json ? terminal with { Output = terminal.Error, OutputIsWatched = terminal.ErrorIsWatched } : terminal;
        var screen = new LabelScreen(shown, sheet, session, parse.GetValue(Blur));
        if (sheet.OnlyCodes)
        {
            AskCodes(sheet, session, screen, () => readKey(cancel));
        }
        else
        {
            Ask(sheet, session, screen, column, () => readKey(cancel));
        }

        if (json)
        {
            terminal.WriteJson(new { sheet = path, contents = session.Count, labelled = session.Labelled, answered = session.Answered });
        }
        else
        {
            terminal.Output.WriteLine($"{Numbers.Count(session.Labelled)} of {Numbers.Count(session.Count)} {(sheet.OnlyCodes ? "coded" : "labelled")}; {path} holds every answer.");
            terminal.Output.WriteLine(session.Labelled < session.Count ? $"Go on with: moderato label {path}" : $"Next: moderato investigate DECISIONS --labelled {path}");
        }

        return ExitCode.Done;
    }

    private static void Ask(SheetFile sheet, LabellingSession session, LabelScreen screen, string column, Func<ConsoleKeyInfo> readKey)
    {
        int? open = session.Next();
        bool revealed = false;
        string? remark = null;
        while (open is { } row)
        {
            screen.Content(row, revealed, remark);
            var key = readKey();
            (revealed, remark) = (key.KeyChar == ' ' || (revealed && key.KeyChar == '?'), null);
            switch (char.ToLowerInvariant(key.KeyChar))
            {
                case '1' or '3':
                    bool violating = key.KeyChar == '3';
                    session.Answer(violating);
                    sheet.Set(row, column, violating ? "1" : "0");
                    open = !violating && column == "label" && sheet[row, "verdict"] == "violating" && !Coded(sheet, row, screen, readKey)
                        ? Undone(sheet, session, column)
                        : session.Next();
                    break;
                case 's':
                    session.Skip();
                    open = session.Next();
                    break;
                case 'u':
                    int? last = Undone(sheet, session, column);
                    remark = last is null ? "Nothing of this session is left to undo." : null;
                    open = last ?? row;
                    break;
                case 'q':
                    return;
                case '?':
                    screen.AllKeys();
                    readKey();
                    break;
                case ' ':
                    break;
                default:
                    remark = "No such key.";
                    break;
            }
        }
    }

    /// <summary>Codes of contents that are known to be false positives.</summary>
    private static void AskCodes(SheetFile sheet, LabellingSession session, LabelScreen screen, Func<ConsoleKeyInfo> readKey)
    {
        int? open = session.Next();
        string? remark = null;
        while (open is { } row)
        {
            screen.ToCode(row, remark);
            var key = readKey();
            remark = null;
            switch (key)
            {
                case { Key: ConsoleKey.Enter }:
                    session.Skip();
                    open = session.Next();
                    break;
                case { KeyChar: 'u' or 'U' }:
                    int? last = Undone(sheet, session, "code");
                    remark = last is null ? "Nothing of this session is left to undo." : null;
                    open = last ?? row;
                    break;
                case { KeyChar: 'q' or 'Q' }:
                    return;
                case { KeyChar: '?' }:
                    screen.Codebook();
                    readKey();
                    break;
                default:
                    if (LabelScreen.CodeOf(key) is { } code)
                    {
                        session.Answer(violating: false);
                        sheet.Set(row, "code", code);
                        open = session.Next();
                    }
                    else
                    {
                        remark = "No such key.";
                    }

                    break;
            }
        }
    }

    private static void CheckToCode(SheetFile sheet, string path, bool second)
    {
        if (second)
        {
            throw new InputException("--second", $"{path} has no labels, only codes", "leave --second away, or label the sheet that `moderato sample` wrote");
        }

        if (sheet.Count > 0 && Enumerable.Range(0, sheet.Count).All(row => sheet[row, "text"].Length == 0))
        {
            throw new InputException(path, "it holds no texts", "have it written with `moderato investigate … --out DIR --with-texts`");
        }
    }

    private static sbyte CodedOf(SheetFile sheet, int row) => (sbyte)(sheet[row, "code"].Trim().Length > 0 ? 0 : -1);

    /// <returns>False when the answer before it is taken back.</returns>
    private static bool Coded(SheetFile sheet, int row, LabelScreen screen, Func<ConsoleKeyInfo> readKey)
    {
        while (true)
        {
            screen.Codes(row);
            var key = readKey();
            if (key.Key == ConsoleKey.Enter)
            {
                return true;
            }

            if (key.KeyChar is 'u' or 'U')
            {
                return false;
            }

            if (LabelScreen.CodeOf(key) is { } code)
            {
                sheet.Set(row, "code", code);
                return true;
            }
        }
    }

    private static int? Undone(SheetFile sheet, LabellingSession session, string column)
    {
        if (session.Undo() is not { } row)
        {
            return null;
        }

        sheet.Set(row, column, "");
        if (column == "label")
        {
            sheet.Set(row, "code", "");
        }

        return row;
    }

    private static sbyte LabelOf(SheetFile sheet, int row, string column, string path)
    {
        string cell = sheet[row, column].Trim();
        if (cell.Length == 0)
        {
            return -1;
        }

        return Cell.Label(System.Text.Encoding.UTF8.GetBytes(cell), out sbyte label) is { } right
            ? throw new InputException($"{path}, content {row + 1}, column \"{column}\"", "it is no label", right)
            : label;
    }
}
