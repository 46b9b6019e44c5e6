using System.CommandLine;
using System.Globalization;
using System.Text.RegularExpressions;
using Moderato.Cli.Input;
using Moderato.Cli.Output;
using Moderato.Decisions;
using Moderato.Improvement;
using Moderato.Improvement.Calibrating;
using Moderato.Investigation.Patterns;
using Moderato.Releases;
using Moderato.Statistics.Intervals;

namespace Moderato.Cli.Commands;

/// <summary><c>moderato releases calibrate SET… --tier FILE --out DIR</c>: a release with a further tier, its scores made probabilities on labelled sets.</summary>
public static partial class CalibrateCommand
{
    /// <summary>In the release's folder; no part of it.</summary>
    private const string KeptFile = "scores.jsonl";

    private static readonly Argument<string[]> Sets = new("SET") { Description = "Labelled content sets that no tier was trained on.", Arity = ArgumentArity.OneOrMore };
    private static readonly Option<string> Tier = new("--tier") { Description = "The definition of an encoder or an llm tier (docs/tiers.md); an encoder's files lie beside it.", Required = true, HelpName = "FILE" };
    private static readonly Option<string> Out = new("--out") { Description = "Folder for the new release.", Required = true, HelpName = "DIR" };
    private static readonly Option<string?> Url = new("--url") { Description = "The endpoint of an llm tier, up to and with /v1.", HelpName = "URL" };
    private static readonly Option<string?> KeyFile = new("--key-file") { Description = "A file that holds the endpoint's key.", HelpName = "FILE" };
    private static readonly Option<double> Seconds = new("--timeout") { Description = "Seconds that the endpoint has for an answer.", HelpName = "S", DefaultValueFactory = _ => 60 };
    private static readonly Option<int> AtOnce = new("--at-once") { Description = "Contents that the endpoint is asked about at the same time.", HelpName = "N", DefaultValueFactory = _ => 8 };
    private static readonly Option<double?> Prior = new("--prior") { Description = "Share of violating contents on the platform; without it, that of the sets.", HelpName = "SHARE" };
    private static readonly Option<string?> Band = new("--band") { Description = "Scores that are asked about, such as 0.02:0.6; else chosen by the costs.", HelpName = "FROM:TO" };
    private static readonly Option<string> Failure = new("--on-failure") { Description = "Where content goes that the tier does not judge: review, previousTier or refuse.", DefaultValueFactory = _ => "review" };
    private static readonly Option<double?>[] Costs =
    [
        new("--cost-fp") { Description = "Harm of one false positive." },
        new("--cost-fn") { Description = "Harm of one false negative." },
        new("--cost-review") { Description = "Harm of one review." },
        new("--cost-ask") { Description = "Harm of asking about one content: its price and its delay." },
    ];

    public static Command Create(Terminal terminal)
    {
        var command = new VerbCommand(
            "calibrate", "A release with a further tier, calibrated on labelled sets.",
            "moderato releases calibrate labels.jsonl --tier encoder.json --prior 0.01 --cost-fp 1 --cost-fn 5 --cost-review 0.1 --cost-ask 0.001 --out next",
            "moderato releases calibrate labels.jsonl --tier llm.json --url http://127.0.0.1:8000/v1 --band 0.02:0.6 --out next")
            .Does((parse, cancel) => Calibrate(parse, terminal, cancel));
        command.Arguments.Add(Sets);
        foreach (var option in (Option[])[Tier, Out, Url, KeyFile, Seconds, AtOnce, Prior, Band, .. Costs, Failure, CommonOptions.Release, CommonOptions.Json])
        {
            command.Options.Add(option);
        }

        return command;
    }

    private static int Calibrate(ParseResult parse, Terminal terminal, CancellationToken cancel)
    {
        var plan = Plan.Of(parse);
        var cascade = CommonOptions.CascadeOf(parse);
        var contents = parse.GetValue(Sets)!.SelectMany(pattern => InputFile.Find(pattern, terminal.Input)).SelectMany(file => LabelledSet.Read(file, cancel)).ToList();
        string folder = parse.GetValue(Out)!;
        using var tier = ScoredTier.Open(
            parse.GetValue(Tier)!, new(parse.GetValue(Url), parse.GetValue(KeyFile), parse.GetValue(Seconds), parse.GetValue(AtOnce)), cascade.Release.Policy, Path.Combine(folder, KeptFile));
        string[] labelled = [.. cascade.Categories.Where(category => contents.Exists(content => content.Labels.ContainsKey(category)))];
        if (labelled.Length == 0)
        {
            throw new InputException("SET", $"{contents.Count} contents, none with a label of a category that the release judges", $"give labels of {string.Join(", ", cascade.Categories)}");
        }

        using var progress = new CountLine(terminal, "scored");
        var scored = tier.Score(contents, labelled, progress, cancel);
        var scores = scored.Scores;
        progress.Clear();
        int[] clusters = NearDuplicates.Cluster(PackedStrings.From(contents.Select(content => content.Text)));
        var categories = labelled
            .Where(category => Array.Exists(scores, own => own.ContainsKey(category)))
            .Select(category => CalibratedCategory.Of(category, tier.Name, Rows(category, cascade, contents, scores, clusters, tier.Name), cascade.Release.Thresholds[category].Cuts, plan))
            .ToList();
        var fitted = categories.Where(category => category.Band is not null).ToList();
        string? release = fitted.Count == 0 ? null : Save(cascade, tier, fitted, plan.OnFailure, folder, terminal.Time.GetUtcNow());
        if (parse.GetValue(CommonOptions.Json))
        {
            terminal.WriteJson(new
            {
                release,
                @out = release is null ? null : folder,
                tier = tier.Name,
                contents = contents.Count,
                judged = contents.Count - scored.NotJudged.Values.Sum(),
                scored.NotJudged,
                scored.Cost,
                categories,
            });
        }
        else
        {
            Summarise(categories, tier, contents.Count, scored, release, folder, terminal);
        }

        return release is null ? ExitCode.AnswerIsNo : ExitCode.Done;
    }

    private static List<TierRow> Rows(
        string category, Cascade cascade, List<LabelledContent> contents, IReadOnlyDictionary<string, double>[] scores, int[] clusters, string tier)
    {
        var rows = new List<TierRow>();
        for (int i = 0; i < contents.Count; i++)
        {
            if (contents[i].Labels.TryGetValue(category, out bool violating) && scores[i].TryGetValue(category, out double own))
            {
                var byTier = new Dictionary<string, double> { [tier] = own };
                if (cascade.Decide(contents[i].Text, contents[i].Language ?? "en").Scores.TryGetValue(category, out double first))
                {
                    byTier[TierModel.Ngram] = first;
                }

                rows.Add(new TierRow(byTier, violating, clusters[i]));
            }
        }

        return rows;
    }

    private static string Save(Cascade cascade, ScoredTier tier, List<CalibratedCategory> fitted, OnFailure onFailure, string folder, DateTimeOffset now)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllBytes(Path.Combine(folder, tier.FileName), tier.Definition);
        var escalation = new Escalation
        {
            Tier = tier.Name,
            Bands = fitted.ToDictionary(category => category.Category, category => category.Band!),
            Calibration = fitted.ToDictionary(category => category.Category, category => category.Calibration!),
            Languages = fitted.ToDictionary(category => category.Category, category => cascade.Release.Languages.GetValueOrDefault(category.Category) ?? ["en"]),
            OnFailure = onFailure,
        };
        return ReleaseFile.Save(
            cascade.Release with
            {
                Id = $"{cascade.Release.Id}+{tier.Name}-{tier.Hash[..8]}",
                Created = now,
                Tiers = [.. cascade.Release.Tiers.Where(model => model.Tier != tier.Name), new TierModel(tier.Name, tier.Version, tier.FileName, tier.Hash)],
                Escalations = [.. (cascade.Release.Escalations ?? []).Where(other => other.Tier != tier.Name), escalation],
            },
            cascade.Model, folder).Id;
    }

    private static void Summarise(List<CalibratedCategory> categories, ScoredTier tier, int contents, ScoredContents scored, string? release, string folder, Terminal terminal)
    {
        var culture = CultureInfo.InvariantCulture;
        terminal.Output.WriteLine(release is null
            ? string.Create(culture, $"No category of {contents:N0} contents is worth asking {tier.Version} about, or has labels enough.")
            : string.Create(culture, $"{release}: {tier.Version} behind the first tier, fitted, chosen and reported on three parts of {contents:N0} contents."));
        foreach (var category in categories)
        {
            string precision = category.Report?.AveragePrecision is Rate.Known known ? string.Create(culture, $"AP {known.Estimate:F3} [{known.Low:F3}, {known.High:F3}]") : "";
            string asked = category.AskedShare is { } share ? string.Create(culture, $", asks about {share:P1}") : "";
            terminal.Output.WriteLine(string.Create(culture, $"  {category.Category,-12} {category.Statement}{(precision.Length > 0 ? $"; {precision}" : "")}{asked}"));
        }

        if (scored.Cost is { } cost)
        {
            terminal.Output.WriteLine(string.Create(culture, $"Asked in {cost.Calls:N0} calls, {cost.InputTokens:N0} + {cost.OutputTokens:N0} tokens; what it said is kept in {Path.Combine(folder, KeptFile)}, and not asked again."));
        }

        if (scored.NotJudged.Count > 0)
        {
            string outcomes = string.Join(", ", scored.NotJudged.OrderByDescending(one => one.Value).Select(one => string.Create(culture, $"{one.Key} {one.Value:N0}")));
            terminal.Output.WriteLine(string.Create(culture, $"Not judged, and in no figure: {scored.NotJudged.Values.Sum():N0} of {contents:N0} contents ({outcomes}). The same command asks about them again."));
        }

        if (release is not null)
        {
            terminal.Output.WriteLine($"Written to {folder}; an encoder's files go into the server's folder of models (docs/tiers.md).");
        }
    }

    /// <summary>What the arguments say of bands, costs and failures.</summary>
    internal sealed record Plan(EscalationBand? Band, AskingCosts? Costs, double? Prior, OnFailure OnFailure)
    {
        /// <exception cref="InputException">They contradict each other, or are no numbers.</exception>
        public static Plan Of(ParseResult parse)
        {
            double?[] costs = [.. CalibrateCommand.Costs.Select(cost => parse.GetValue(cost))];
            if (costs.Any(cost => cost is < 0) || (costs.Any(cost => cost is not null) && costs.Any(cost => cost is null)))
            {
                throw new InputException("--cost-fp", "costs are given in part, or below 0", "give --cost-fp, --cost-fn, --cost-review and --cost-ask, each 0 or more");
            }

            var match = BandPattern().Match(parse.GetValue(CalibrateCommand.Band) ?? "");
            bool given = parse.GetValue(CalibrateCommand.Band) is not null;
            double from = match.Success ? double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) : 0;
            double to = match.Success ? double.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture) : 0;
            if (given ? !(match.Success && from < to && to <= 1) : costs[0] is null)
            {
                throw new InputException("--band", given ? $"\"{parse.GetValue(CalibrateCommand.Band)}\"" : "neither a band nor costs", "give --band 0.02:0.6, or the four costs that choose it");
            }

            if (parse.GetValue(CalibrateCommand.Prior) is { } prior && prior is not (> 0 and < 1))
            {
                throw new InputException("--prior", FormattableString.Invariant($"{prior}"), "give a share between 0 and 1");
            }

            var onFailure = parse.GetValue(Failure) switch
            {
                "review" => OnFailure.Review,
                "previousTier" => OnFailure.PreviousTier,
                "refuse" => OnFailure.Refuse,
                var other => throw new InputException("--on-failure", $"\"{other}\"", "give review, previousTier or refuse"),
            };
            return new(given ? new(from, to) : null, costs[0] is null ? null : new(costs[0]!.Value, costs[1]!.Value, costs[2]!.Value, costs[3]!.Value), parse.GetValue(CalibrateCommand.Prior), onFailure);
        }
    }

    [GeneratedRegex(@"^([0-9]*\.?[0-9]+):([0-9]*\.?[0-9]+)$", RegexOptions.CultureInvariant)]
    private static partial Regex BandPattern();
}
