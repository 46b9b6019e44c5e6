using System.CommandLine;
using System.Globalization;
using System.Text;
using Moderato.Cli.Output;
using Moderato.Decisions;

namespace Moderato.Cli.Input;

/// <summary>The arguments with which every command that reads decisions says which, and how they are to be understood.</summary>
public static class DecisionOptions
{
    public static Argument<string[]> Decisions { get; } = new("DECISIONS")
    {
        Description = "CSV, JSONL or Parquet, also .gz or .zst; a glob in quotes, or - for standard input.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    public static Option<string?> From { get; } = new("--from")
    {
        Description = "Instead of files: the decisions of the server at this address.",
        HelpName = "URL",
    };

    public static Option<string?> Data { get; } = new("--data")
    {
        Description = "Instead of files: the decisions in the embedded store of a server's folder.",
        HelpName = "DIR",
    };

    public static Option<string?> Category { get; } = new("--category")
    {
        Description = "Only decisions on this category.",
        HelpName = "NAME",
    };

    public static Option<double?> ReviewFrom { get; } = new("--review-from")
    {
        Description = "Lower threshold in force: from this score on a person decides.",
        HelpName = "SCORE",
    };

    public static Option<double?> BlockFrom { get; } = new("--block-from")
    {
        Description = "Upper threshold in force: from this score on content is violating.",
        HelpName = "SCORE",
    };

    public static Option<double?> ObjectiveFpr { get; } = new("--objective-fpr")
    {
        Description = "Highest acceptable share of safe content that is flagged; then the yardstick.",
        HelpName = "SHARE",
    };

    public static Option<string?> Labels { get; } = new("--labels")
    {
        Description = "\"random\": the labelled rows are a simple random sample.",
        HelpName = "random",
    };

    public static Option<string[]> Map { get; } = new("--map")
    {
        Description = "What a column of the file is to us, as in --map score=p_toxic. Once for each column.",
        HelpName = "OURS=THEIRS",
    };

    public static Option<string?> Reference { get; } = new("--reference")
    {
        Description = "Decisions of an earlier time to compare with.",
        HelpName = "FILE",
    };

    public static Option<string?> Since { get; } = new("--since")
    {
        Description = "Rows before this time are the reference, as in 2026-03-01T00:00:00Z.",
        HelpName = "TIME",
    };

    public static Option<string[]> Labelled { get; } = new("--labelled")
    {
        Description = "The filled sheet that sample wrote, or the coded one of false positives that investigate wrote. Once for each.",
        HelpName = "SHEET",
    };

    public static Option<string> MaxBadRows { get; } = new("--max-bad-rows")
    {
        Description = "Share of rows that may be unreadable, as in 5% or 0.05.",
        HelpName = "SHARE",
        DefaultValueFactory = _ => "1%",
    };

    /// <summary>Adds the argument DECISIONS and all the options.</summary>
    public static void AddTo(Command command)
    {
        command.Arguments.Add(Decisions);
        foreach (Option option in (Option[])[From, Data, Category, ReviewFrom, BlockFrom, ObjectiveFpr, Labels, Map, Reference, Since, Labelled, MaxBadRows])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>What the command line asks to read.</summary>
    /// <exception cref="InputException">An argument is wrong.</exception>
    public static DecisionQuery Query(ParseResult parse, Terminal terminal) => Query(parse, terminal, Decisions);

    /// <summary>The same for a command whose files have another name.</summary>
    /// <exception cref="InputException">An argument is wrong.</exception>
    public static DecisionQuery Query(ParseResult parse, Terminal terminal, Argument<string[]> argument)
    {
        var files = FilesOf(parse, terminal, argument);
        var reference = parse.GetValue(Reference) is { } before ? InputFile.Find(before, terminal.Input) : [];
        long? since = SinceTicks(parse.GetValue(Since));
        if (reference.Count > 0 && since is not null)
        {
            throw new InputException("--since", "--reference is given too", "say once what the reference is");
        }

        if (parse.GetValue(Labels) is { } labels && labels != "random")
        {
            throw new InputException("--labels", $"\"{labels}\"", "the only statement there is: --labels random");
        }

        CheckShare("--objective-fpr", parse.GetValue(ObjectiveFpr));
        return new DecisionQuery
        {
            Files = files,
            Reference = reference,
            Map = ColumnMap.Parse(parse.GetValue(Map) ?? []),
            Category = parse.GetValue(Category),
            Cuts = CutsOf(parse.GetValue(ReviewFrom), parse.GetValue(BlockFrom)),
            LabelsAreRandom = parse.GetValue(Labels) is not null,
            Since = since,
            Labelled = [.. (parse.GetValue(Labelled) ?? []).Select(sheet => SheetOf(sheet, terminal))],
            MaxBadRows = MaxBadShare(parse),
        };
    }

    private static IReadOnlyList<InputFile> FilesOf(ParseResult parse, Terminal terminal, Argument<string[]> argument)
    {
        var patterns = parse.GetValue(argument) ?? [];
        var (server, folder) = (parse.GetValue(From), parse.GetValue(Data));
        if ((patterns.Length > 0 ? 1 : 0) + (server is null ? 0 : 1) + (folder is null ? 0 : 1) != 1)
        {
            throw new InputException(argument.Name, "not one source of decisions", "give files, or --from URL, or --data DIR");
        }

        return server is not null ? [LiveDecisions.OfServer(server)]
            : folder is not null ? [LiveDecisions.OfFolder(folder)]
            : [.. patterns.SelectMany(pattern => InputFile.Find(pattern, terminal.Input))];
    }

    private static InputFile SheetOf(string sheet, Terminal terminal)
    {
        var files = InputFile.Find(sheet, terminal.Input);
        return files is [var only] ? only : throw new InputException("--labelled", $"{files.Count} files match {sheet}", "name one sheet");
    }

    /// <summary>The share of rows that may be unreadable.</summary>
    /// <exception cref="InputException">It is no share.</exception>
    public static double MaxBadShare(ParseResult parse)
    {
        string written = parse.GetValue(MaxBadRows)!;
        bool percent = written.EndsWith('%');
        return double.TryParse(written.AsSpan(0, written.Length - (percent ? 1 : 0)), NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            && value / (percent ? 100 : 1) is >= 0 and <= 1 and var share
            ? share
            : throw new InputException("--max-bad-rows", $"\"{written}\"", "give a share, as in 5% or 0.05");
    }

    private static Cuts? CutsOf(double? review, double? block)
    {
        CheckShare("--review-from", review);
        CheckShare("--block-from", block);
        if (review > block)
        {
            throw new InputException(
                "--review-from", string.Create(CultureInfo.InvariantCulture, $"{review} is above --block-from {block}"),
                "people review what lies between the two: --review-from is at most --block-from");
        }

        return review is null && block is null ? null : new Cuts(review, block);
    }

    private static void CheckShare(string option, double? value)
    {
        if (value is { } share && !(share >= 0 && share <= 1))
        {
            throw new InputException(option, string.Create(CultureInfo.InvariantCulture, $"{share}"), "give a number from 0 to 1");
        }
    }

    private static long? SinceTicks(string? written) => written is null ? null
        : IsoTime.TryParse(Encoding.UTF8.GetBytes(written), out var time) ? time.Ticks
        : throw new InputException("--since", $"\"{written}\"", "give a time as ISO 8601 has it: 2026-03-01 or 2026-03-01T14:05:00+02:00");
}
