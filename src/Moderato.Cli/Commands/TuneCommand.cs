using System.CommandLine;
using Moderato.Cli.Input;
using Moderato.Cli.Output;
using Moderato.Decisions;
using Moderato.Investigation.Planning;
using Moderato.Statistics.Intervals;
using Moderato.Tuning;

namespace Moderato.Cli.Commands;

/// <summary><c>moderato tune DECISIONS</c>: what each pair of thresholds costs, and which is best for stated costs.</summary>
public static class TuneCommand
{
    private static readonly Option<double?> CostFp = Cost("--cost-fp", "Harm of one false positive.");
    private static readonly Option<double?> CostFn = Cost("--cost-fn", "Harm of one false negative.");
    private static readonly Option<double?> CostReview = Cost("--cost-review", "Harm of one review; without it no queue is considered.");
    private static readonly Option<double?> Capacity = new("--capacity") { Description = "Most reviews a day.", HelpName = "N" };
    private static readonly Option<double?> DemandQuantile = new("--demand-quantile") { Description = "Share of the days on which the capacity is to suffice, as 0.95; without it, the average day.", HelpName = "SHARE" };
    private static readonly Option<double?> MaxFnr = new("--max-fnr") { Description = "Ask for cuts whose FNR is at most this, guaranteed.", HelpName = "SHARE" };
    private static readonly Option<double> Confidence = new("--confidence") { Description = "Confidence of the guarantee.", HelpName = "SHARE", DefaultValueFactory = _ => .95 };

    public static Command Create(Terminal terminal)
    {
        var command = new VerbCommand(
            "tune",
            "Choose thresholds: the trade-off curve, the optimum under costs and capacity, a guarantee.",
            "moderato tune log.csv --labels random --block-from 0.5 --per-day 20000",
            "moderato tune log.csv --cost-fp 1 --cost-fn 5 --cost-review 0.1 --capacity 500");
        DecisionOptions.AddTo(command);
        foreach (Option option in (Option[])
            [CostFp, CostFn, CostReview, Capacity, DemandQuantile, CommonOptions.ReviewerError, CommonOptions.PerDay, MaxFnr, Confidence, CommonOptions.Json])
        {
            command.Options.Add(option);
        }

        return command.Does((parse, cancel) => Run(parse, terminal, cancel));
    }

    private static int Run(ParseResult parse, Terminal terminal, CancellationToken cancel)
    {
        var options = OptionsOf(parse);
        var query = DecisionOptions.Query(parse, terminal);
        var log = DecisionLog.Read(query, cancel);
        foreach (string assumed in log.Report.Assumed)
        {
            terminal.Note(assumed);
        }

        var all = log.Tables.Select(table => TuningRun.Of(Checked(table, query, options), options)).OrderByDescending(Worst).ToList();
        var findings = all[0] with { Others = all[1..] };
        if (parse.GetValue(CommonOptions.Json))
        {
            terminal.WriteJson(findings);
        }
        else
        {
            TuneView.Write(terminal, findings);
        }

        return all.Any(tuned => tuned.Guarantee is { Feasible: false }) ? ExitCode.AnswerIsNo : ExitCode.Done;
    }

    private static DecisionTable Checked(DecisionTable table, DecisionQuery query, TuningOptions options)
    {
        if (table.Scores is null)
        {
            throw new InputException(
                query.Files[0].Name, "no column \"score\": thresholds cannot be moved without scores", "name the column that holds them: --map score=COLUMN");
        }

        if (options.DemandQuantile is not null && !DailyReviews.Known(table))
        {
            throw new InputException("--demand-quantile", DailyReviews.WhyNone, "leave it out: the capacity is then held on the average day");
        }

        return options.CapacityPerDay is null || Volume.Of(table, options.ContentsPerDay) is not Volume.Unknown(var why)
            ? table
            : throw new InputException("--capacity", why, "say how many contents a day brings: --per-day 20000");
    }

    /// <summary>The category with the highest FPR comes first, then the one that blocks most.</summary>
    private static (double Fpr, double Blocked) Worst(TuningFindings findings) =>
        (findings.Current?.Fpr is Rate.Known known ? known.Estimate : -1, findings.Current?.FlagShare ?? 0);

    private static TuningOptions OptionsOf(ParseResult parse)
    {
        double? fp = parse.GetValue(CostFp), fn = parse.GetValue(CostFn), review = parse.GetValue(CostReview), capacity = parse.GetValue(Capacity);
        if (fp is null != fn is null || (review is not null && fp is null))
        {
            throw new InputException(fp is null ? "--cost-fp" : "--cost-fn", "not given, but another cost is", "give --cost-fp and --cost-fn, and --cost-review where people review");
        }

        if (capacity is not null && fp is not null && review is null)
        {
            throw new InputException("--capacity", "given without --cost-review", "say what a review costs, 0 where it costs nothing: a capacity is used for what it saves");
        }

        if (parse.GetValue(DemandQuantile) is not null && capacity is null)
        {
            throw new InputException("--demand-quantile", "given without --capacity", "say how many reviews a day there may be: --capacity 300");
        }

        return new TuningOptions
        {
            Costs = fp is { } falsePositive && fn is { } falseNegative
                ? new(NotNegative("--cost-fp", falsePositive), NotNegative("--cost-fn", falseNegative), review is { } price ? NotNegative("--cost-review", price) : null)
                : null,
            CapacityPerDay = capacity is { } most ? NotNegative("--capacity", most) : null,
            DemandQuantile = parse.GetValue(DemandQuantile) is { } days ? Share("--demand-quantile", days) : null,
            ReviewerError = CommonOptions.ReviewerErrorOf(parse) ?? 0,
            MaxFnr = parse.GetValue(MaxFnr) is { } share ? Share("--max-fnr", share) : null,
            Confidence = Share("--confidence", parse.GetValue(Confidence)),
            ContentsPerDay = CommonOptions.ContentsPerDay(parse),
        };
    }

    private static double NotNegative(string option, double value) => value >= 0 && double.IsFinite(value)
        ? value
        : throw new InputException(option, FormattableString.Invariant($"{value}"), "give a number of at least 0");

    private static double Share(string option, double value) => value is > 0 and < 1
        ? value
        : throw new InputException(option, FormattableString.Invariant($"{value}"), "give a number between 0 and 1, as 0.05");

    private static Option<double?> Cost(string name, string description) => new(name) { Description = description, HelpName = "HARM" };
}
