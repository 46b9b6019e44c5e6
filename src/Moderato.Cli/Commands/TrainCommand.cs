using System.CommandLine;
using System.Globalization;
using Moderato.Cli.Input;
using Moderato.Cli.Output;
using Moderato.Improvement;
using Moderato.Improvement.Training;
using Moderato.Releases;

namespace Moderato.Cli.Commands;

/// <summary><c>moderato train SET… --out DIR</c>: a new <c>ngram</c> model, its release and its card.</summary>
public static class TrainCommand
{
    private static readonly Argument<string[]> Sets = new("SET")
    {
        Description = "Labelled content sets (JSONL, CSV, Parquet; globs).",
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<string> Out = new("--out")
    {
        Description = "Folder for the model, its release and its card.",
        Required = true,
        HelpName = "DIR",
    };

    private static readonly Option<string[]> MeasuredWith = new("--measured-with")
    {
        Description = "Sets that the model will be measured with: none of their texts, nor a near-duplicate, is trained on.",
        HelpName = "SET",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [],
    };

    public static Command Create(Terminal terminal)
    {
        var command = new VerbCommand(
            "train", "A new ngram model from labelled sets, with its card.",
            "moderato train labels.jsonl --measured-with holdout.jsonl --out my-model")
            .Does((parse, cancel) => Train(
                parse.GetValue(Sets)!, parse.GetValue(MeasuredWith)!, parse.GetValue(Out)!, parse.GetValue(CommonOptions.Seed), terminal, cancel));
        command.Arguments.Add(Sets);
        command.Options.Add(Out);
        command.Options.Add(MeasuredWith);
        command.Options.Add(CommonOptions.Seed);
        return command;
    }

    private static int Train(string[] sets, string[] measuredWith, string folder, int seed, Terminal terminal, CancellationToken cancel)
    {
        var files = sets.SelectMany(set => InputFile.Find(set, terminal.Input)).ToList();
        foreach (var file in files)
        {
            var known = PublicSets.Of(LabelledSet.NameOf(file));
            if (known.Refusal is { } reason)
            {
                throw new InputException(file.Name, $"{known.Name} may not be trained on: {reason}", "leave it out, or name it with --measured-with");
            }
        }

        var contents = Read(files, cancel);
        var judges = Read([.. measuredWith.SelectMany(set => InputFile.Find(set, terminal.Input))], cancel);
        using var progress = new ProgressLine(terminal);
        var settings = new TrainingSettings { Seed = seed };
        var outcome = new NgramTraining(settings, terminal.Time).Run(contents, judges, progress, cancel);
        Directory.CreateDirectory(folder);
        var release = ReleaseFile.Save(outcome.Release, outcome.Model, folder);
        progress.Clear();
        Summarise(outcome.Selection, release, folder, terminal);
        return ExitCode.Done;
    }

    private static List<LabelledContent> Read(IReadOnlyList<InputFile> files, CancellationToken cancel) =>
        [.. files.SelectMany(file => LabelledSet.Read(file, cancel))];

    private static void Summarise(TrainingSelection selection, Release release, string folder, Terminal terminal)
    {
        var culture = CultureInfo.InvariantCulture;
        terminal.Output.WriteLine(string.Create(culture, $"Trained {release.Id} on {selection.Contents.Count:N0} contents; left out: {selection.HeldOut:N0} held out, {selection.Judged:N0} measured with, {selection.Repeated:N0} repeated, {selection.Unlabelled:N0} without a label."));
        foreach (var (category, thresholds) in release.Thresholds)
        {
            terminal.Output.WriteLine(string.Create(culture, $"  {category,-12} review from {thresholds.Cuts.ReviewFrom:0.0000}, block from {thresholds.Cuts.BlockFrom?.ToString("0.0000", culture) ?? "never"}"));
        }

        terminal.Output.WriteLine($"Written to {folder}.");
    }
}
