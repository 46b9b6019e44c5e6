using System.CommandLine;
using System.Globalization;
using System.Text.Json.Serialization;
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

    private static readonly Option<string[]> Languages = new("--language")
    {
        Description = "Languages to judge (ISO 639-1); contents in others are left out.",
        HelpName = "LANGUAGE",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => ["en"],
    };

    private static readonly Option<string[]> Unlabelled = new("--unlabelled")
    {
        Description = "Content without labels, which the teacher judges.",
        HelpName = "SET",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [],
    };

    private static readonly Option<string?> Teacher = new("--teacher")
    {
        Description = "Folder of a sentence encoder (model.onnx, vocab.txt): teaches what the sets leave unknown.",
        HelpName = "DIR",
    };

    public static Command Create(Terminal terminal)
    {
        var command = new VerbCommand(
            "train", "A new ngram model from labelled sets, with its card.",
            "moderato train labels.jsonl --measured-with holdout.jsonl --out my-model")
            .Does((parse, cancel) => Train(parse, terminal, cancel));
        command.Arguments.Add(Sets);
        foreach (var option in (Option[])[Out, MeasuredWith, Unlabelled, Teacher, Languages, CommonOptions.Seed, CommonOptions.Json])
        {
            command.Options.Add(option);
        }

        return command;
    }

    private static int Train(ParseResult parse, Terminal terminal, CancellationToken cancel)
    {
        var sets = Allowed(Files(parse.GetValue(Sets)!, terminal));
        var contents = Read(sets, cancel);
        if (NgramTraining.CategoriesOf(contents).Count == 0)
        {
            throw new InputException("SET", "no category has 100 violating contents", "label more, or add sets");
        }

        string? teacher = parse.GetValue(Teacher);
        var unlabelled = WithoutLabels(Read(Allowed(Files(parse.GetValue(Unlabelled)!, terminal), orUnlabelled: true), cancel)).ToList();
        if (teacher is null && unlabelled.Count > 0)
        {
            throw new InputException("--unlabelled", "nobody teaches what these contents are", "name a sentence encoder with --teacher");
        }

        var judges = Read(Files(parse.GetValue(MeasuredWith)!, terminal), cancel);
        var settings = new TrainingSettings { Seed = parse.GetValue(CommonOptions.Seed), Languages = parse.GetValue(Languages)! };
        string folder = parse.GetValue(Out)!;
        using var progress = new ProgressLine(terminal);
        var outcome = new NgramTraining(settings, terminal.Time).Run([.. contents, .. unlabelled], judges, teacher, progress, cancel);
        var release = ReleaseFile.Save(outcome.Release, outcome.Model, folder);
        progress.Clear();
        if (parse.GetValue(CommonOptions.Json))
        {
            terminal.WriteJson(Trained.Of(outcome.Selection, release, folder));
        }
        else
        {
            Summarise(outcome.Selection, release, folder, terminal);
        }

        return ExitCode.Done;
    }

    private static List<InputFile> Files(string[] patterns, Terminal terminal) =>
        [.. patterns.SelectMany(pattern => InputFile.Find(pattern, terminal.Input))];

    /// <exception cref="InputException">A set that may not be trained on is among them.</exception>
    private static List<InputFile> Allowed(List<InputFile> files, bool orUnlabelled = false)
    {
        foreach (var file in files)
        {
            var known = PublicSets.Of(LabelledSet.NameOf(file));
            if (known.Refusal is { } reason && !(orUnlabelled && known.Use == SetUse.Unlabelled))
            {
                throw new InputException(file.Name, $"{known.Name} may not be trained on: {reason}", "leave it out, or name it with --measured-with");
            }
        }

        return files;
    }

    private static List<LabelledContent> Read(IReadOnlyList<InputFile> files, CancellationToken cancel) =>
        [.. files.SelectMany(file => LabelledSet.Read(file, cancel))];

    /// <summary>What may not be trained on keeps the labels that say so.</summary>
    private static IEnumerable<LabelledContent> WithoutLabels(List<LabelledContent> contents) =>
        contents.Select(content => TrainingSelection.IsRestricted(content) ? content : content with { Labels = new Dictionary<string, bool>() });

    private sealed record Trained(
        string Release, string Out, int Contents, int Ours, int HeldOut, int Judged, int Repeated, int Unlabelled, int Foreign, int Restricted,
        IReadOnlyList<TrainedCategory> Categories)
    {
        public static Trained Of(TrainingSelection selection, Release release, string folder)
        {
            int ours = selection.Contents.Count(content => content.IsOurs);
            return new(
                release.Id, folder, selection.Contents.Count - ours, ours, selection.HeldOut, selection.Judged, selection.Repeated, selection.Unlabelled, selection.Foreign, selection.Restricted,
                [.. release.Thresholds.Select(of => new TrainedCategory(of.Key, of.Value.Cuts.ReviewFrom, of.Value.Cuts.BlockFrom))]);
        }
    }

    private sealed record TrainedCategory(
        string Category,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] double? ReviewFrom,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] double? BlockFrom);

    private static void Summarise(TrainingSelection selection, Release release, string folder, Terminal terminal)
    {
        var culture = CultureInfo.InvariantCulture;
        int ours = selection.Contents.Count(content => content.IsOurs);
        terminal.Output.WriteLine(string.Create(culture, $"Trained {release.Id} on {selection.Contents.Count - ours:N0} contents and {ours:N0} made by us; left out: {selection.HeldOut:N0} held out, {selection.Judged:N0} measured with, {selection.Repeated:N0} repeated, {selection.Unlabelled:N0} without a label, {selection.Foreign:N0} in other languages, {selection.Restricted:N0} in restricted categories."));
        foreach (var (category, thresholds) in release.Thresholds)
        {
            terminal.Output.WriteLine(string.Create(culture, $"  {category,-12} review from {thresholds.Cuts.ReviewFrom:0.0000}, block from {thresholds.Cuts.BlockFrom?.ToString("0.0000", culture) ?? "never"}"));
        }

        terminal.Output.WriteLine($"Written to {folder}.");
    }
}
