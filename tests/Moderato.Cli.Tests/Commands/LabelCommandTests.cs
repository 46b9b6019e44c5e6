using System.Text.Json;
using Moderato.Cli.Input;
using Moderato.Cli.Output;

namespace Moderato.Cli.Tests.Commands;

public sealed class LabelCommandTests : IDisposable
{
    private const string Header = "id,cluster_size,text,context,category,score,verdict,inclusion_probability,label,votes,second_label,code,comment,mine";

    private static readonly string[] Three =
    [
        "a,1,\"one, \"\"quoted\"\"\",,hate,0.9,violating,0.5,,,,,,keep",
        "b,1,'=two,,hate,0.2,safe,0.1,,,,,,",
        "c,1,\"three\nlines\",a parent,hate,0.8,violating,0.5,,,,,,",
    ];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task One_key_a_content_and_a_code_where_a_flagged_one_is_safe()
    {
        string sheet = Sheet(Three);

        var (exit, output, _) = await Label(sheet, "1g", "1", "3");

        Assert.Equal(ExitCode.Done, exit);
        Assert.Equal(["0", "0", "1"], Column(sheet, 8));
        Assert.Equal(["reclaimed use", "", ""], Column(sheet, 11));
        Assert.Contains("3 of 3 labelled", output, StringComparison.Ordinal);
        Assert.Contains("--labelled", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whatever_else_stands_in_the_sheet_stays_as_it_was()
    {
        string sheet = Sheet(Three);

        await Label(sheet, "3", "q");

        Assert.Equal(Header + "\n" + Three[0].Replace("0.5,,", "0.5,1,", StringComparison.Ordinal) + "\n" + Three[1] + "\n" + Three[2] + "\n", File.ReadAllText(sheet));
    }

    [Fact]
    public async Task Every_answer_is_on_disk_when_the_person_is_interrupted_and_the_next_time_goes_on_there()
    {
        string sheet = Sheet(Three);
        var (exit, _, _) = await Run(["label", sheet], KeysThen("3", () => throw new OperationCanceledException()));
        Assert.Equal(ExitCode.Interrupted, exit);
        Assert.Equal(["1", "", ""], Column(sheet, 8));

        var (_, output, _) = await Label(sheet, "1", "3");

        Assert.Equal(["1", "0", "1"], Column(sheet, 8));
        Assert.DoesNotContain("one, \"quoted\"", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Undo_empties_the_cells_again()
    {
        string sheet = Sheet(Three);

        await Label(sheet, "1b", "u", "q");

        Assert.Equal(["", "", ""], Column(sheet, 8));
        Assert.Equal(["", "", ""], Column(sheet, 11));
    }

    [Fact]
    public async Task What_the_classifier_said_is_not_shown_before_the_answer()
    {
        var (_, output, _) = await Label(Sheet(Three), "q");

        Assert.DoesNotContain("flagged", output, StringComparison.Ordinal);
        Assert.DoesNotContain("0.9", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_person_fills_in_the_second_label_and_is_asked_for_no_code()
    {
        string sheet = Sheet(Three);
        await Label(sheet, "1b", "1", "3");

        var (_, output, _) = await Run(["label", sheet, "--second", "--json"], Keys("1", "3", "3"));

        Assert.Equal(["0", "1", "1"], Column(sheet, 10));
        Assert.Equal(["0", "0", "1"], Column(sheet, 8));
        Assert.Equal(3, JsonDocument.Parse(output).RootElement.GetProperty("labelled").GetInt32());
    }

    [Fact]
    public async Task A_blurred_text_is_shown_when_it_is_asked_for()
    {
        var (_, hidden, _) = await Run(["label", Sheet(Three), "--blur"], Keys("q"));
        var (_, shown, _) = await Run(["label", Sheet(Three), "--blur"], Keys(" ", "q"));

        Assert.DoesNotContain("quoted", hidden, StringComparison.Ordinal);
        Assert.Contains("quoted", shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_escape_sequence_in_a_content_does_not_reach_the_terminal()
    {
        var (_, output, _) = await Label(Sheet("a,1,\"\u001b[2Jgone\",,hate,0.9,violating,0.5,,,,,,"), "q");

        Assert.DoesNotContain('\u001b', output);
    }

    [Fact]
    public async Task A_sheet_of_false_positives_is_coded_with_a_letter_each()
    {
        string sheet = folder.Write("false-positives.csv", "id,text,category,code,comment\na,one,hate,,\nb,two,hate,news,\nc,three,hate,,mine\n");

        var (exit, output, _) = await Label(sheet, "zd", "u", "?", "x", "f", "g");

        Assert.Equal(ExitCode.Done, exit);
        Assert.Equal(["quotation", "news", "reclaimed use"], Column(sheet, 3));
        Assert.Equal("mine", Column(sheet, 4)[2]);
        Assert.Contains("No such key.", output, StringComparison.Ordinal);
        Assert.Contains("3 of 3 coded", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sheet_to_code_without_texts_says_how_to_get_them()
    {
        string sheet = folder.Write("false-positives.csv", "id,text,code\na,,\n");

        var (exit, _, error) = await Label(sheet, "a");

        Assert.Equal(ExitCode.WrongInput, exit);
        Assert.Contains("--with-texts", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("id,text\na,b\n", "no column \"inclusion_probability\"")]
    [InlineData(Header + "\na,1,t\n", "line 2")]
    [InlineData(Header + "\na,1,t,,hate,0.9,violating,0.5,maybe,,,,,\n", "column \"label\"")]
    public async Task A_sheet_that_would_lose_something_is_refused_and_left_alone(string text, string named)
    {
        string sheet = folder.Write("sheet.csv", text);

        var (exit, _, error) = await Label(sheet, "1");

        Assert.Equal(ExitCode.WrongInput, exit);
        Assert.Contains(named, error, StringComparison.Ordinal);
        Assert.Equal(text, File.ReadAllText(sheet));
    }

    [Fact]
    public async Task Without_a_keyboard_the_spreadsheet_is_named()
    {
        var (exit, _, error) = await Run(["label", Sheet(Three)], null);

        Assert.Equal(ExitCode.WrongInput, exit);
        Assert.Contains("spreadsheet", error, StringComparison.Ordinal);
    }

    private string Sheet(params string[] lines) => folder.Write("sheet.csv", Header + "\n" + string.Join('\n', lines) + "\n");

    private static string[] Column(string sheet, int column)
    {
        using var source = RowSource.Open(InputFile.Find(sheet, () => Stream.Null)[0]);
        var chunk = new RowChunk();
        source.Read(chunk, new BadRows(), TestContext.Current.CancellationToken);
        return [.. Enumerable.Range(0, chunk.Rows).Select(row => System.Text.Encoding.UTF8.GetString(chunk[row, column]))];
    }

    private static Task<(int Exit, string Output, string Error)> Label(string sheet, params string[] keys) => Run(["label", sheet], Keys(keys));

    private static Func<CancellationToken, ConsoleKeyInfo> Keys(params string[] keys) =>
        KeysThen(string.Concat(keys), () => throw new InvalidOperationException("More keys are read than were pressed."));

    private static Func<CancellationToken, ConsoleKeyInfo> KeysThen(string keys, Action then)
    {
        var left = new Queue<char>(keys);
        return _ =>
        {
            if (left.Count == 0)
            {
                then();
            }

            return new ConsoleKeyInfo(left.Dequeue(), ConsoleKey.None, false, false, false);
        };
    }

    private static async Task<(int Exit, string Output, string Error)> Run(string[] args, Func<CancellationToken, ConsoleKeyInfo>? readKey)
    {
        var output = new StringWriter();
        var error = new StringWriter();
        int exit = await Program.Run(args, new Terminal
        {
            Output = output,
            Error = error,
            Input = () => Stream.Null,
            ReadKey = readKey,
            OutputBytes = () => Stream.Null,
            Time = TimeProvider.System,
        });
        return (exit, output.ToString(), error.ToString());
    }
}
