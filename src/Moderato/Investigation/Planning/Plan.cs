using Moderato.Decisions;
using Moderato.Investigation.Diagnosing;
using Moderato.Investigation.Findings;
using Moderato.Pictures;
using Moderato.Statistics.Intervals;

namespace Moderato.Investigation.Planning;

/// <summary>What to do on three horizons, each remedy with its measured price.</summary>
public sealed class Plan
{
    private readonly Evidence evidence;
    private readonly Volume volume;
    private readonly double keepShare;
    private readonly ScoreSteps? resolution;
    private readonly List<Remedy> remedies = [];

    private Plan(Evidence evidence, Volume volume, double keepShare, ScoreSteps? resolution) =>
        (this.evidence, this.volume, this.keepShare, this.resolution) = (evidence, volume, keepShare, resolution);

    /// <param name="volume">Days or daily volume, for reviews a day.</param>
    /// <param name="resolution">How finely the scores can be cut.</param>
    public static IReadOnlyList<Remedy> Of(Evidence evidence, Volume volume, double fpr, Judgement judgement, ScoreSteps? resolution)
    {
        // As many of today's false positives may remain as the yardstick allows; half of them where there is none.
        double keep = fpr > 0 && judgement.YardstickFpr is { } target ? Math.Clamp(target / fpr, 0, 1) : 0.5;
        var plan = new Plan(evidence, volume, keep, resolution);
        string principal = judgement.Causes[0].Cause;
        if (principal == Causes.None)
        {
            return [];
        }

        if (!evidence.RatesKnown)
        {
            plan.WithoutLabels();
            return plan.remedies;
        }

        foreach (var claim in judgement.Claims)
        {
            plan.Against(claim);
        }

        plan.MoveTheCuts();
        plan.remedies.AddRange(FinerScores.Of(resolution) is { } finer ? [finer] : []);
        plan.ImproveTheModel(principal, judgement.Claims);
        return [.. plan.remedies.OrderBy(r => r.Horizon switch { Horizons.Quick => 0, Horizons.Medium => 1, _ => 2 })];
    }

    private void WithoutLabels()
    {
        var unknown = new Change.Unknown(evidence.WhyNoRates!);
        remedies.Add(new(
            Horizons.Quick, "label 400 contents",
            "Draw 400 contents with 'moderato sample', label them, and investigate again with --labelled: then every remedy has a price.",
            unknown, unknown, Change.Known.Nothing));
    }

    private void Against(Claim claim)
    {
        switch (claim.Cause)
        {
            case Causes.NewContent:
                Route(claim.Rows, "send flagged new content to review", "flagged contents that were not there before");
                break;
            case Causes.Slice:
                Route(claim.Rows, "send flagged content of these kinds to review", "flagged contents of the kinds that the model gets wrong");
                break;
            case Causes.MixShift:
                Route(claim.Rows, "send flagged content of the grown kind to review", "flagged contents of the kind that grew");
                break;
            case Causes.Calibration:
                if (claim.Rows is not null)
                {
                    Pass(claim.Rows, "map the scores back", "Blocking where the reference's cut lies in today's scores");
                }

                Unmeasured(Horizons.Medium, "fit the calibration anew", "Fit a new calibration map on labelled contents of the current period and release it; the cut may then stay where it was.");
                break;
            case Causes.Threshold when claim.Rows is not null:
                Pass(claim.Rows, "put the cut back", "Blocking from the reference's cut again");
                break;
            case Causes.LabelNoise:
                Unmeasured(Horizons.Quick, "label again", "Have the false positives labelled again by someone else, blind, before the model or a cut is touched: most of these labels are wrong.");
                Unmeasured(Horizons.Medium, "mend the labelling", "Double-label a share of every batch, adjudicate, and report agreement beside every rate.");
                break;
            case Causes.Policy:
                Unmeasured(Horizons.Medium, "decide the clause", "Write the clause that decides these contents, with examples on both sides, and have the contested ones judged again under it.");
                Route([.. evidence.Table.Verdicts.Select(v => v == Verdict.Violating)], "send flagged contents to review until the clause is written", "all flagged contents");
                break;
        }

        if (claim.Trigger is { Kind: "release" } release)
        {
            Unmeasured(Horizons.Quick, "roll back", $"Roll back what came with {release.What}; redecide what it decided. What that does can be measured by running the earlier release beside it.");
        }
    }

    private void MoveTheCuts()
    {
        var table = evidence.Table;
        if (table.Scores is null || BlockCuts.Of(table).Current is not { } from || !evidence.RatesKnown
            || CutSearch.Of(evidence, from, keepShare) is not { } to)
        {
            return;
        }

        double? reviewFrom = table.Cuts is { HasQueue: true } cuts ? cuts.ReviewFrom : null;
        var pass = RemedyEffect.Of(evidence, volume, row => AfterRaise(row, to, reviewFrom ?? to));
        var band = RemedyEffect.Of(evidence, volume, row => AfterRaise(row, to, reviewFrom ?? from));
        string reviews = band.ReviewsPerDay is Change.Known { Absolute: var perDay } ? $"{Numbers.Count(perDay)} reviews a day" : "as many reviews as contents score between";
        if (reviewFrom is { } stays)
        {
            remedies.Add(new(
                Horizons.Quick, "raise block_from",
                $"Raising block_from from {Numbers.Cut(from)} to {Numbers.Cut(to)}, with review_from at {Numbers.Cut(stays)}, {Removes(band.FalsePositives)} and adds no false negatives, for {reviews} more.{FinerScores.SameCuts(resolution, to)}",
                band.FalsePositives, band.FalseNegatives, band.ReviewsPerDay));
            return;
        }

        remedies.Add(new(
            Horizons.Quick, "raise the threshold",
            $"Raising the threshold from {Numbers.Cut(from)} to {Numbers.Cut(to)} {Removes(pass.FalsePositives)} and {Adds(pass.FalseNegatives)}; with a review band from {Numbers.Cut(from)} it adds none, for {reviews}.{FinerScores.SameCuts(resolution, to)}",
            pass.FalsePositives, pass.FalseNegatives, pass.ReviewsPerDay));
        remedies.Add(new(
            Horizons.Medium, "add a review queue",
            $"Sending scores from {Numbers.Cut(from)} to {Numbers.Cut(to)} to people {Removes(band.FalsePositives)} and adds no false negatives, for {reviews}; what they decide becomes labels.",
            band.FalsePositives, band.FalseNegatives, band.ReviewsPerDay));
    }

    private Verdict AfterRaise(int row, double blockFrom, double reviewFrom)
    {
        var table = evidence.Table;
        return double.IsNaN(table.Scores![row]) ? table.Verdicts[row] : new Cuts(Math.Min(reviewFrom, blockFrom), blockFrom).Decide(table.Scores[row]);
    }

    private void ImproveTheModel(string principal, IReadOnlyList<Claim> claims)
    {
        if (principal is Causes.LabelNoise)
        {
            return;
        }

        var where = claims.FirstOrDefault(c => c.Cause is Causes.NewContent or Causes.Slice or Causes.MixShift)?.Rows;
        var most = where is not null
            ? RemedyEffect.Of(evidence, volume, row => where[row] && evidence.IsFlagged(row) ? Verdict.Safe : evidence.Table.Verdicts[row]).FalsePositives
            : null;
        string bound = most is Change.Known { Percent: { } percent } ? $" At most {Numbers.Percent(Math.Abs(percent) / 100)} of the false positives can go that way." : "";
        Unmeasured(
            Horizons.Long, "improve the model",
            $"Build a targeted evaluation set from these false positives and a natural one beside it, train on the rest, and let a candidate pass both before it goes to shadow and canary; put a stronger tier behind the fast one for the doubtful band.{bound}",
            "known only once a candidate is measured on the same contents");
    }

    private void Route(bool[]? rows, string name, string which)
    {
        if (rows is not null)
        {
            Add(
                Horizons.Quick, name, $"Sending {which} to review instead of blocking them",
                row => rows[row] && evidence.IsFlagged(row) ? Verdict.Borderline : evidence.Table.Verdicts[row]);
        }
    }

    private void Pass(bool[]? rows, string name, string doing)
    {
        if (rows is not null)
        {
            Add(Horizons.Quick, name, doing, row => rows[row] && evidence.IsFlagged(row) ? Verdict.Safe : evidence.Table.Verdicts[row]);
        }
    }

    private void Add(string horizon, string name, string doing, Func<int, Verdict> after)
    {
        var effect = RemedyEffect.Of(evidence, volume, after);
        string reviews = effect.ReviewsPerDay is Change.Known { Absolute: > 0 and var perDay } ? $", for {Numbers.Count(perDay)} more reviews a day" : "";
        remedies.Add(new(
            horizon, name, $"{doing} {Removes(effect.FalsePositives)} and {Adds(effect.FalseNegatives)}{reviews}.",
            effect.FalsePositives, effect.FalseNegatives, effect.ReviewsPerDay));
    }

    private void Unmeasured(string horizon, string name, string statement, string why = "not measurable on this log")
    {
        var unknown = new Change.Unknown(why);
        remedies.Add(new(horizon, name, statement, unknown, unknown, unknown));
    }

    private static string Removes(Change change) => change is Change.Known { Percent: { } percent, Low: { } low, High: { } high }
        ? $"removes {Share(-percent)} [{Limit(-high)}, {Limit(-low)}] of false positives"
        : "removes an unknown part of the false positives";

    private static string Adds(Change change) => change switch
    {
        Change.Known { Absolute: 0, High: > 0 and var most } => $"adds no false negatives that were seen (at most {Share(most)} more)",
        Change.Known { Absolute: 0 } => "adds no false negatives",
        Change.Known { Percent: { } percent, Low: { } low, High: { } high } => $"adds {Share(percent)} [{Limit(low)}, {Limit(high)}] to false negatives",
        Change.Known { Absolute: var absolute } => $"adds {Numbers.Count(absolute)} false negatives where there are none today",
        _ => "adds an unknown number of false negatives",
    };

    private static string Share(double percent) => Numbers.Percent(percent / 100);

    private static string Limit(double percent) => Numbers.Percent(percent / 100).TrimEnd('%');
}
