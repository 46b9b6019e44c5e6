using Moderato.Decisions;
using Moderato.Investigation.Diagnosing.Suspects;
using Moderato.Investigation.Findings;
using Moderato.Investigation.Report;
using Moderato.Investigation.Shift;
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

    /// <summary>Two splits of the same excess whose shares are nearer than this explain as much.</summary>
    private const double AsMuch = 0.1;

    private readonly Evidence evidence;
    private readonly Yardstick yardstick;
    private readonly RatesFinding rates;
    private bool cutMends;

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

    /// <param name="texts">What the texts say of each row; null without text.</param>
    /// <param name="slices">Slices of false positives that held on the testing half.</param>
    /// <param name="flags">Kinds of content of which more is flagged than before, which needs no label.</param>
    /// <param name="removableByThreshold">The part of the excess that one affordable move of the cuts takes away on held-out rows.</param>
    public static Judgement Of(
        Evidence evidence, Yardstick yardstick, RatesFinding rates, TextEvidence? texts, IReadOnlyList<SliceFinding> slices,
        IReadOnlyList<FlagRateChange> flags, Rate removableByThreshold)
    {
        var judgement = new Judgement(evidence, yardstick, rates)
        {
            cutMends = removableByThreshold is Rate.Known { Estimate: >= Most },
        };
        judgement.Judge(texts, SuspectedSlice.Of(slices, flags));
        return judgement;
    }

    private void Judge(TextEvidence? texts, IReadOnlyList<SuspectedSlice> slices)
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

        var newContent = NewContent.Of(evidence, texts?.DomainScores, slices);
        var suspects = Lineup(newContent, texts, slices);
        var account = new ExcessAccount(evidence, yardstick, suspects);

        YardstickFpr = double.IsNaN(account.YardstickFpr) ? null : account.YardstickFpr;

        var claims = Count(account, suspects);
        bool brought = yardstick is Yardstick.Reference && claims.Exists(claim => claim.Cause == Findings.Causes.Threshold && claim.LeastBrought > 1 - (1 / Yardstick.RelevantRise));
        if (yardstick is not Yardstick.Question && !brought && Rise.Of(evidence, yardstick, account) is { IsShown: false } rise)
        {
            NotShown(rise, fpr, claims);
            return;
        }

        if (claims.Count > 0 && claims[0] is { Share: >= Most, LeastBrought: null } && claims[0].Share - (NinetyPercent * claims[0].StandardError) < LeastSure)
        {
            var first = claims[0];
            double wanted = (first.Share - LeastSure) / NinetyPercent;
            long more = (long)Math.Ceiling(evidence.Weights.Count(w => w > 0) * ((first.StandardError * first.StandardError / (wanted * wanted)) - 1));
            Abstain($"The labels cannot tell yet; most likely so far: {first.Statement}", Math.Clamp(more, 50, 20_000), "flagged contents, at random", claims);
            return;
        }

        if (claims.Count > 0 && claims[0] is { Share: >= Most, Doubt: { } doubt } likely)
        {
            Abstain($"The labels cannot tell yet. {likely.Statement} {doubt}", MoreOf(100), "flagged contents, at random", claims);
            return;
        }

        if (claims.Count == 0 || (claims[0].Share < Most && claims.Sum(c => c.Share) < Most))
        {
            if (claims.Find(claim => claim.Cause == Findings.Causes.Slice && claim.Share > LeastSure / 4) is { } partly)
            {
                Abstain($"The labels cannot tell yet whether the cut is wrong for everything or some kinds of content are judged wrongly: {partly.Statement}", MoreOf(400), "flagged contents, at random", claims);
                return;
            }

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

    /// <summary>The rise may be chance: either it is excluded, or nothing moved at all, or labels are too few.</summary>
    private void NotShown(Rise rise, Rate.Known fpr, List<Claim> claims)
    {
        bool disputed = claims.Exists(claim => claim.Cause is Findings.Causes.LabelNoise or Findings.Causes.Policy);
        if (rise.IsExcluded && !(disputed && yardstick is Yardstick.Reference { Borrowed: true }))
        {
            Causes = [None($"The false-positive rate is {Numbers.Rate(fpr)}, {Numbers.Times(rise.Ratio)} that of {yardstick.Words}; a rise by a quarter is excluded.")];
        }
        else if (rise.NothingMoved && !disputed)
        {
            string flags = rise.FlagsRoseRightly
                ? $"The flag rate is {Numbers.Times(rise.FlagRatio!.Value)} what it was, and labels show that what is flagged on top violates"
                : $"Nothing rose: the flag rate, which needs no label, is {Numbers.Times(rise.FlagRatio!.Value)} what it was";
            Causes = [None($"{flags}; the false-positive rate is {Numbers.Rate(fpr)}, {Words(rise)} that of {yardstick.Words}.")];
        }
        else if (rise.IsKnownOfTheseContents && rise.Ratio < Yardstick.RelevantRise && !disputed)
        {
            Causes = [None($"The false-positive rate is {Numbers.Rate(fpr)}, {Words(rise)} that of {yardstick.Words}: less than a rise by a quarter, and as many false positives can come by chance.")];
        }
        else if (rise.IsKnownOfTheseContents)
        {
            Abstain(
                $"The false-positive rate is {Numbers.Rate(fpr)}, {Numbers.Times(rise.Ratio)} that of {yardstick.Words}: of these contents labels tell it, but so few false positives can be as many by chance.",
                More(rise.ProcessError, rise.Ratio), "flagged contents of the days to come, at random: more of these would not tell");
        }
        else
        {
            Abstain(
                $"The labels cannot tell: the false-positive rate is {Numbers.Rate(fpr)}, {Words(rise)} that of {yardstick.Words}.",
                More(rise.StandardError, rise.Ratio / Yardstick.RelevantRise), "flagged contents of both periods, at random");
        }
    }

    // As many as bring the 90% limit down to the distance from what is to be told apart.
    private long More(double error, double ratio)
    {
        double wanted = Math.Max(0.03, Math.Abs(Math.Log(ratio))) / NinetyPercent;
        return Math.Clamp((long)Math.Ceiling(evidence.Weights.Count(w => w > 0) * ((error * error / (wanted * wanted)) - 1)), 50, 20_000);
    }

    private static string Words(Rise rise) => $"by its labels {Numbers.Times(rise.Ratio)} [{Numbers.Times(rise.Low).TrimEnd('×')}, {Numbers.Times(rise.High).TrimEnd('×')}]";

    private long MoreOf(int least) => Math.Clamp(evidence.Weights.LongCount(weight => weight > 0), least, 20_000);

    private List<Suspect> Lineup(NewContent newContent, TextEvidence? texts, IReadOnlyList<SuspectedSlice> slices)
    {
        var bands = MixStrata.OfTexts(evidence, texts);
        var move = ScoreMove.Of(evidence, newContent, [
            .. evidence.SliceColumns.Where(column => ContentColumns.DescribesContent(column.Name)),
            .. bands.Select(band => new CodedColumn(band.Name, band.Codes, band.Values)),
            .. slices.Select(slice => new CodedColumn(slice.Name, Array.ConvertAll(slice.Rows(evidence), inside => inside ? 1 : 0), ["elsewhere", slice.Name])),
        ]);
        var mixes = evidence.SliceColumns.Where(column => ContentColumns.DescribesContent(column.Name)).Select(column => MixStrata.Of(evidence, column))
            .Concat(bands).OfType<MixStrata>()
            .Select(strata => MixShift.Of(evidence, strata, newContent));
        return
        [
            .. new[]
            {
                LabelNoise.Of(evidence), UndecidedPolicy.Of(evidence), MovedCut.Of(evidence), UnseenContent.Of(evidence, newContent),
                MovedScores.Of(evidence, move, newContent),
            }.OfType<Suspect>(),
            .. mixes.OfType<Suspect>(),
            .. new[] { WrongSlices.Of(evidence, slices, yardstick, newContent, bands.Count == 0 ? null : bands[^1], cutMends) }.OfType<Suspect>(),
        ];
    }

    // In the order of judgement; each takes of the excess what those before it left. Of several mixes the best one stands, and among
    // those that explain as much one that a column names: "more game chat" can be acted on.
    private static List<Claim> Count(ExcessAccount account, List<Suspect> suspects)
    {
        var claims = new List<Claim>();
        double left = 1;
        foreach (var group in suspects.GroupBy(s => s.Cause))
        {
            var heard = group.Select(s => s.Testify(account)).OfType<Claim>().Where(c => c.Share > 0.05).ToList();
            if (heard.MaxBy(c => c.IsNamed ? Math.Min(1, c.Share) + AsMuch : Math.Min(1, c.Share)) is { } claim)
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
