using System.CommandLine;
using Moderato.Cli.Input;
using Moderato.Cli.Output;

namespace Moderato.Cli.Commands;

/// <summary><c>moderato classify [INPUT]</c>: a verdict a line, as JSONL, in the order of the input.</summary>
public static class ClassifyCommand
{
    private static readonly Argument<string> Input = new("INPUT")
    {
        Description = "Text (a content a line), JSONL, CSV or Parquet, also .gz or .zst; a glob in quotes, or - for standard input.",
        DefaultValueFactory = _ => "-",
    };

    private static readonly Option<bool> Keep = new("--keep") { Description = "Carry the input's other fields through to the output." };

    // Scripts pass it to every command.
    private static readonly Option<bool> Json = new("--json") { Description = "JSON lines are printed with or without it." };

    public static Command Create(Terminal terminal)
    {
        var command = new VerbCommand(
            "classify", "A verdict for each content, as JSON lines.",
            "echo 'have a nice day' | moderato classify",
            "moderato classify comments.csv --map text=body --keep > decisions.jsonl")
            .Does((parse, cancel) => Run(parse, terminal, cancel));
        command.Arguments.Add(Input);
        command.Options.Add(CommonOptions.Release);
        command.Options.Add(Keep);
        command.Options.Add(DecisionOptions.Map);
        command.Options.Add(DecisionOptions.MaxBadRows);
        command.Options.Add(Json);
        return command;
    }

    private static int Run(ParseResult parse, Terminal terminal, CancellationToken cancel)
    {
        var cascade = CommonOptions.CascadeOf(parse);
        var map = ColumnMap.Parse(parse.GetValue(DecisionOptions.Map) ?? []);
        var files = InputFile.Find(parse.GetValue(Input)!, terminal.Input, InputFormat.Text);
        bool keep = parse.GetValue(Keep);
        double maxBadRows = DecisionOptions.MaxBadShare(parse);
        var bad = new BadRows();
        var without = new BadRows();
        long done = 0;
        using var output = terminal.OutputBytes();
        using var progress = new CountLine(terminal, "classified");
        foreach (var file in files)
        {
            using var source = RowSource.Open(file, keepLines: keep);
            var columns = ClassifyColumns.None;
            OrderedWork.Run(
                () => new ClassifyBatch(cascade, keep, $"{file.Name}, line") { Columns = columns },
                batch =>
                {
                    if (!source.Read(batch.Chunk, bad, cancel: default))
                    {
                        return false;
                    }

                    if (batch.Chunk.Rows > 0 && columns.Names.Count != source.Columns.Count)
                    {
                        columns = ClassifyColumns.Of(file.Name, source.Columns, map);
                    }

                    batch.Columns = columns;
                    return true;
                },
                batch => batch.Classify(),
                batch =>
                {
                    output.Write(batch.Output);
                    without.Add(batch.Bad);
                    progress.Show(done += batch.Chunk.Rows - batch.Bad.Count);
                },
                cancel).GetAwaiter().GetResult();
        }

        bad.Add(without);
        output.Flush();
        progress.Clear();
        foreach (var row in bad.First)
        {
            terminal.Note($"{row.Place}: {row.Cause}");
        }

        bad.Check(string.Join(" and ", files.Take(3).Select(file => file.Name)), done + bad.Count, maxBadRows);
        return ExitCode.Done;
    }
}
