using Moderato.Investigation.Diagnosing.Suspects;
using Moderato.Investigation.Findings;
using Moderato.Investigation.Report;
using Moderato.Pictures;
using Moderato.Statistics.Intervals;

namespace Moderato.Investigation.Diagnosing;

/// <summary>
/// Names the causes of the excess false positives in the contract's order of judgement. A cause is principal when it explains
/// most of the excess; shares are counted once, in that order. Where the labels cannot tell, it abstains and says how
/// many more would.
/// </summary>
public sealed class Judgement
{
    /// <summary>A cause that explains at least this much of the excess is the principal one.</summary>
    private const double Most = 0.5;

    /// <summary>A share whose 90% interval begins below this is not known well enough to act on.</summary>
    private const double LeastSure = 0.2;

    private const double NinetyPercent = 1.645;

    private readonly Evidence evidence;
    private readonly Yardstick yardstick;
    private readonly RatesFinding rates;

    private Judgement(Evidence evidence, Yardstick yardstick, RatesFinding rates) =>
        (this.evidence, this.yardstick, this.rates) = (evidence, yardstick, rates);

    /// <summary>The causes, principal one first.</summary>
    public IReadOnlyList<Diagnosis> Causes { get; private set; } = [];

    /// <summary>The claims behind <see cref="Causes"/>, in the same order; the suspicions when it abstained, none when it found nothing above the yardstick.</summary>
    public IReadOnlyList<Claim> Claims { get; private set; } = [];

    /// <summary>FPR of the yardstick, where it is known.</summary>
    public double? YardstickFpr { get; private set; }

    /// <summary>How many more labels would decide what could not be decided.</summary>
    public IReadOnlyList<LabelNext> LabelNext { get; private set; } = [];

    /// <param name="domainScores">Cross-fitted P(current | text) a row, NaN where not scored; null without text.</param>
    /// <param name="slices">Slices of false positives that held on the testing half.</param>
    public static Judgement Of(
        Evidence evidence, Yardstick yardstick, RatesFinding rates, double[]? domainScores, IReadOnlyList<SliceFinding> slices)
    {
        var judgement = new Judgement(evidence, yardstick, rates);
        judgement.Judge(domainScores, slices);
        return judgement;
    }

    private void Judge(double[]? domainScores, IReadOnlyList<SliceFinding> slices)
    {
        if (!evidence.RatesKnown || rates.Fpr is not Rate.Known fpr)
        {
            string why = evidence.WhyNoRates ?? (rates.Fpr as Rate.Unknown)?.Why ?? "no false-positive rate can be estimated";
            Abstain($"The labels cannot tell: {Sentences.Continued(why)}.", 400, "contents drawn by 'moderato sample', flagged ones first");
            return;
        }

        if (NotAbove(fpr) is { } notAbove)
        {
            Causes = [notAbove];
            return;
        }

        var newContent = NewContent.Of(evidence, domainScores);
        var none = new bool[evidence.Table.Count];
        var suspects = Lineup(newContent, none, domainScores, slices);
        var account = new ExcessAccount(evidence, yardstick, suspects);

        YardstickFpr = double.IsNaN(account.YardstickFpr) ? null : account.YardstickFpr;

        var (logRise, riseError) = account.LogRise();
        if (yardstick is not Yardstick.Question)
        {
            double high = Math.Exp(logRise + (NinetyPercent * riseError)), low = Math.Exp(logRise - (NinetyPercent * riseError));
            if (high < Yardstick.RelevantRise)
            {
                Causes = [None($"The false-positive rate is {Numbers.Rate(fpr)}, {Numbers.Times(Math.Exp(logRise))} that of {yardstick.Words}; a rise by a quarter is excluded.")];
                return;
            }

            if (!(low > 1))
            {
                double wanted = Math.Max(0.03, Math.Abs(logRise - Math.Log(Yardstick.RelevantRise))) / NinetyPercent;
                long more = (long)Math.Ceiling(evidence.Weights.Count(w => w > 0) * ((riseError * riseError / (wanted * wanted)) - 1));
                Abstain(
                    $"The labels cannot tell: the false-positive rate is {Numbers.Rate(fpr)}, between {Numbers.Times(low)} and {Numbers.Times(high)} that of {yardstick.Words}.",
                    Math.Clamp(more, 50, 20_000), "flagged contents of both periods, at random");
                return;
            }
        }

        var claims = Count(account, suspects);
        if (claims.Count > 0 && claims[0].Share >= Most && claims[0].Share - (NinetyPercent * claims[0].StandardError) < LeastSure)
        {
            var first = claims[0];
            double wanted = (first.Share - LeastSure) / NinetyPercent;
            long more = (long)Math.Ceiling(evidence.Weights.Count(w => w > 0) * ((first.StandardError * first.StandardError / (wanted * wanted)) - 1));
            Abstain($"The labels cannot tell yet; most likely so far: {first.Statement}", Math.Clamp(more, 50, 20_000), "flagged contents, at random", claims);
            return;
        }

        if (claims.Count == 0 || (claims[0].Share < Most && claims.Sum(c => c.Share) < Most))
        {
            if (Soundness() is { } threshold)
            {
                claims.Insert(0, threshold with { Share = 1 - claims.Sum(c => c.Share) });
            }
            else
            {
                Abstain("No cause explains most of the excess: nothing that changed, no kind of content and no disagreement of people accounts for half of it.", 400, "false positives, read and coded by hand; flagged contents at random", claims);
                return;
            }
        }

        Claims = claims;
        Causes = [.. claims.Select(ToDiagnosis)];
    }

    private List<Suspect> Lineup(NewContent newContent, bool[] none, double[]? domainScores, IReadOnlyList<SliceFinding> slices)
    {
        var rows = newContent.Rows;
        var move = ScoreMove.Of(evidence, rows);
        var mixes = evidence.SliceColumns.Where(column => ContentColumns.DescribesContent(column.Name)).Select(column => MixStrata.Of(evidence, column))
            .Append(MixStrata.OfDomain(evidence, domainScores)).OfType<MixStrata>()
            .Select(strata => MixShift.Of(evidence, strata, rows));
        return
        [
            .. new[]
            {
                LabelNoise.Of(evidence), UndecidedPolicy.Of(evidence), MovedCut.Of(evidence, none), UnseenContent.Of(evidence, newContent),
                MovedScores.Of(evidence, move, rows),
            }.OfType<Suspect>(),
            .. mixes.OfType<Suspect>(),
            .. new[] { WrongSlices.Of(evidence, slices, yardstick, rows) }.OfType<Suspect>(),
        ];
    }

    // In the order of judgement; each takes of the excess what those before it left. Of several mixes the best one stands.
    private static List<Claim> Count(ExcessAccount account, List<Suspect> suspects)
    {
        var claims = new List<Claim>();
        double left = 1;
        foreach (var group in suspects.GroupBy(s => s.Cause))
        {
            var claim = group.Select(s => s.Testify(account)).OfType<Claim>().Where(c => c.Share > 0.05).MaxBy(c => c.Share);
            if (claim is not null)
            {
                double counted = Math.Min(claim.Share, left);
                left -= counted;
                if (counted > 0.02)
                {
                    claims.Add(claim with { Share = counted });
                }
            }
        }

        var principal = claims.FirstOrDefault(c => c.Share >= Most);
        return [.. claims.OrderByDescending(c => c == principal).ThenByDescending(c => c.Share)];
    }

    private Diagnosis? NotAbove(Rate.Known fpr)
    {
        if (fpr.Estimate > 0)
        {
            return null;
        }

        return yardstick is Yardstick.Objective(var objective) && fpr.High > Yardstick.RelevantRise * objective
            ? null
            : None($"No flagged content that was labelled is truly safe: the false-positive rate is at most {Numbers.Percent(fpr.High)}.");
    }

    // Nothing changed and nothing stands out: then the cut is wrong for the objective, if the ranking is worth a cut at all.
    private Claim? Soundness()
    {
        bool missedBefore = rates.ReferenceFpr is Rate.Known reference && yardstick is Yardstick.Objective(var objective)
            && reference.Estimate > objective;
        if (yardstick is Yardstick.Reference || (evidence.HasReference && rates.ReferenceFpr is Rate.Known && !missedBefore))
        {
            return null;
        }

        return new Claim(
            Findings.Causes.Threshold, 1, 0,
            $"The operating point is wrong for what is wanted: nothing changed, the scores rank soundly, and {yardstick.Words} is missed in every kind of content alike.",
            ["No slice, no new content, no shift and no disagreement of people explains most of the excess."]);
    }

    private void Abstain(string statement, long additional, string what, IReadOnlyList<Claim>? suspicions = null)
    {
        Causes =
        [
            new Diagnosis(Findings.Causes.Inconclusive, null, null, statement, [.. (suspicions ?? []).Select(s => s.Statement)]),
        ];
        Claims = suspicions ?? [];
        LabelNext = [new LabelNext(what, additional)];
    }

    private static Diagnosis None(string statement) => new(Findings.Causes.None, null, null, statement, []);

    private static Diagnosis ToDiagnosis(Claim claim) => new(
        claim.Cause, Math.Clamp(claim.Share, 0, 1), claim.Trigger, claim.Statement, claim.Evidence);
}
