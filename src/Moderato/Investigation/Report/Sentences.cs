using System.Globalization;
using Moderato.Investigation.Findings;
using Moderato.Pictures;
using Moderato.Statistics.Intervals;

namespace Moderato.Investigation.Report;

/// <summary>What was found, in sentences that the report, the terminal and the pages share.</summary>
public static class Sentences
{
    /// <summary>A cause in the words of someone who has not read the contract.</summary>
    public static string Cause(string cause) => cause switch
    {
        Causes.Threshold => "the operating point",
        Causes.Calibration => "scores that moved",
        Causes.MixShift => "more content of a hard kind",
        Causes.NewContent => "content that was not there before",
        Causes.Slice => "a kind of content the model gets wrong",
        Causes.LabelNoise => "labels that are wrong",
        Causes.Policy => "cases the policy does not decide",
        Causes.None => "no excess",
        Causes.Inconclusive => "not enough labels to tell",
        _ => cause,
    };

    /// <summary>"surface = chat, term = shoot".</summary>
    public static string Where(IReadOnlyDictionary<string, string> where) =>
        where.Count == 0 ? "all contents" : string.Join(", ", where.Select(condition => $"{Feature(condition.Key)} = {Short(condition.Value)}"));

    /// <summary>"where surface is chat and term is shoot".</summary>
    public static string Within(IReadOnlyDictionary<string, string> where) =>
        where.Count == 0 ? "in all contents" : "where " + string.Join(" and ", where.Select(condition => $"{Feature(condition.Key)} is {Short(condition.Value)}"));

    /// <summary>The first sentence of the answer, and what follows it.</summary>
    public static (string First, string Further) Answer(InvestigationFindings findings)
    {
        string answer = findings.Answer.Trim();
        for (int i = 0; i + 2 < answer.Length; i++)
        {
            if (answer[i] is '.' or '?' && answer[i + 1] == ' ' && char.IsUpper(answer[i + 2]))
            {
                return (answer[..(i + 1)], answer[(i + 2)..]);
            }
        }

        return (answer, "");
    }

    /// <summary>How far the diagnosis carries: shares of the excess, and the labels that it rests on.</summary>
    public static string HowSure(InvestigationFindings findings)
    {
        string basis = Basis(findings);
        if (findings.Diagnosis is not [var first, ..] causes)
        {
            return basis;
        }

        if (first.Cause == Causes.Inconclusive)
        {
            long additional = findings.LabelNext.Sum(next => next.Additional);
            return additional > 0 ? $"Not sure: about {Numbers.Count(additional)} more labels are needed. {basis}" : $"Not sure. {basis}";
        }

        if (first.Share is not { } share)
        {
            return basis;
        }

        var others = causes.Skip(1).Where(cause => cause.Share > 0).Select(cause => $"{Cause(cause.Cause)}: {Numbers.Percent(cause.Share!.Value)}").ToList();
        double rest = 1 - causes.Sum(cause => cause.Share ?? 0);
        if (rest >= 0.005)
        {
            others.Add($"not explained: {Numbers.Percent(rest)}");
        }

        string beside = others.Count == 0 ? "" : "; " + string.Join("; ", others);
        return $"{Capital(Cause(first.Cause))}: {Numbers.Percent(share)} of the excess false positives{beside}. {basis}";
    }

    /// <summary>The other categories of the file, which this is worse than; null where there is none.</summary>
    public static string? Others(InvestigationFindings findings) => findings.Others is not { Count: > 0 } others ? null
        : $"the worst of {Numbers.Count(others.Count + 1)} in this log; --category shows {string.Join(", ", others.Select(other => Short(other.Category.Length == 0 ? "what names none" : other.Category)))}";

    /// <summary>The first quick remedy; labelling where the diagnosis needs it.</summary>
    public static string DoNow(InvestigationFindings findings) =>
        findings.Diagnosis is [{ Cause: Causes.Inconclusive }, ..] && findings.LabelNext is [var next, ..]
            ? $"Label {Numbers.Count(next.Additional)} more: {next.What}."
            : findings.Plan.FirstOrDefault(remedy => remedy.Horizon == Horizons.Quick) is { } remedy ? remedy.Statement
            : findings.Diagnosis is [{ Cause: Causes.None }, ..] ? "Nothing has to change."
            : findings.LabelNext is [var label, ..] ? $"Label {Numbers.Count(label.Additional)} more: {label.What}."
            : "No remedy was measured; see what could not be assessed.";

    /// <summary>What labels allow that carry no rate.</summary>
    public static string Bounds(LabelBounds bounds) =>
        $"{Numbers.Count(bounds.FalsePositives)} flags are known to be wrong and {Numbers.Count(bounds.RightFlags)} to be right, from {bounds.Source}. "
        + $"Whatever the unlabelled contents are, {Between(bounds.FalseDiscoveryShare)} of the flags are wrong; if what was not flagged is safe, the FPR lies between {Numbers.Percent(bounds.FprIfRestIsSafe.Low)} and {Numbers.Percent(bounds.FprIfRestIsSafe.High)}";

    public static string? Composition(LabelBounds? bounds) => bounds?.Composition is [{ Share: Rate.Known share } most, ..]
        ? $"{Capital(Within(most.Where))} are {Numbers.Rate(share)} of the known false positives, and {Numbers.Percent(most.ShareOfFlags)} of the flags"
        : null;

    public static string? FlagRateChange(RatesFinding rates) => rates.FlagRateChanges is [var most, ..]
        ? (most is { FlagRate: Rate.Known now, ReferenceFlagRate: Rate.Known before } && now.Estimate <= before.Estimate
            ? $"There is more content {Within(most.Where)}, of which {Percent(most.FlagRate)} is flagged as before"
            : $"{Capital(Within(most.Where))}, {Percent(most.FlagRate)} is flagged, {Before(most.ReferenceFlagRate)}")
          + (most.ExcessShare > 0 ? $": {Numbers.Percent(most.ExcessShare)} of the additional flags" : "")
        : null;

    public static string Slices(InvestigationFindings findings) => findings.Patterns.Slices is [var worst, ..]
        ? $"{Capital(Within(worst.Where))}, {Percent(worst.Fpr)} of safe content is flagged"
          + (worst.Lift is { } lift ? $", {Numbers.Times(lift)} the rest" : "")
          + (worst.ExcessShare > 0 ? $": {Numbers.Percent(worst.ExcessShare)} of the excess" : "")
        : findings.Rates.Fpr is Rate.Known
            ? "No kind of safe content stands out on the half of the labels that did not propose it"
            : "Which safe content is wrongly flagged cannot be said before labels are drawn";

    public static string? Codes(PatternsFinding patterns) => patterns.Codes?.MaxBy(code => (code.Share as Rate.Known)?.Estimate ?? -1) is { Share: Rate.Known share } most
        ? $"Coded by hand, {Numbers.Rate(share)} of the sample are {most.Code}"
        : null;

    public static string? Text(TextShift? text) => text is null ? null
        : $"Current texts {(text.Low <= 0.5 ? "cannot be told" : text.Auc < 0.6 ? "can barely be told" : text.Auc < 0.75 ? "can partly be told" : "can be told")} from the reference: "
          + $"AUC {Numbers.Statistic(text.Auc)} [{Numbers.Statistic(text.Low)}, {Numbers.Statistic(text.High)}], where 0.5 is chance";

    public static string? Score(ScoreShift? score) => score is null ? null
        : $"The mean score went from {Numbers.Statistic(score.MeanReference)} to {Numbers.Statistic(score.MeanCurrent)}, "
          + $"a distance of {score.Effect.ToString("0.00", CultureInfo.InvariantCulture)} standard deviations";

    /// <summary>What of the flag rate's change the scores made, and what the cut.</summary>
    public static string? Flags(FlagRateSplit? split) => split is null ? null
        : $"The flag rate changed by {Numbers.PointsRate(split.Change)}: {Numbers.PointsRate(split.FromScores)} by other scores at the reference's cut of {Numbers.Cut(split.ReferenceCut)}"
          + (split.Cut == split.ReferenceCut ? ", nothing by the cut" : $", {Numbers.PointsRate(split.FromCut)} by a cut of {Numbers.Cut(split.Cut)}");

    public static string? Releases(IReadOnlyList<ReleaseFlags> releases) => releases is [.., var before, var last]
        ? $"Release {Short(last.Release)} flags {Numbers.Rate(last.FlagRate)} of what it decides, {Short(before.Release)} before it {Numbers.Rate(before.FlagRate)}"
        : null;

    public static string? Attribution(FprAttribution? attribution) => attribution is { Change: Rate.Known change, Mix: Rate.Known mix, Rate: Rate.Known rate }
        ? $"The FPR changed by {Numbers.Points(change.Estimate)}: {Numbers.PointsRate(mix)} from another mix, {Numbers.PointsRate(rate)} from other rates inside {attribution.By}"
        : null;

    public static string Burst(Burst burst, TimeZoneInfo zone) =>
        $"{string.Join(", ", burst.Terms.Take(4).Select(term => $"“{term}”"))} jumped from {Moments.Between(burst.From, burst.To, zone)}: {Numbers.Percent(burst.ShareOfFlags)} of the flags"
        + (burst.ShareOfFalsePositives is { } share ? $", {Numbers.Percent(share)} of the false positives" : "")
        + (burst.FlagRate is Rate.Known rate ? $" ({Numbers.Rate(rate)} of its {Numbers.Count(burst.Contents)} contents are flagged)" : "");

    public static string Flood(Flood flood, TimeZoneInfo zone) =>
        $"One text was posted {Numbers.Count(flood.Contents)} times"
        + (flood.Authors > 0 ? $" by {Numbers.Count(flood.Authors)} {(flood.Authors == 1 ? "author" : "authors")}" : "")
        + (flood is { From: { } from, To: { } to } ? $", {Moments.Between(from, to, zone)}" : "") + (flood.Flagged is { } flagged ? $", {(flagged == flood.Contents ? "all" : Numbers.Count(flagged))} of them flagged" : "") + $" (for example {flood.ExampleId})";

    public static string? Margins(ConfidenceFinding confidence) => confidence is { LowShare: { } low, HighShare: { } high }
        ? low >= high
            ? $"{Numbers.Percent(low)} of the false positives lie within 0.15 of the cut; {Numbers.Percent(high)} are scored 0.85 or more"
            : $"{Numbers.Percent(high)} of the false positives are scored 0.85 or more; {Numbers.Percent(low)} lie within 0.15 of the cut"
        : null;

    /// <summary>Null where the scores can be cut anywhere.</summary>
    public static string? Resolution(ScoreSteps? resolution)
    {
        if (resolution is not { IsCoarse: true, Steps: [var first, ..] steps })
        {
            return null;
        }

        string share = Numbers.Percent(resolution.ShareOfFlags);
        if (steps.Count == 1)
        {
            return $"{share} of the flagged contents are scored exactly {Numbers.Cut(first.Score)}: no threshold parts them";
        }

        double between = resolution.Gaps.Sum(gap => gap.ShareOfFlags);
        return $"{share} of the flagged contents are scored {Scores(steps)}: "
            + (between == 0 ? "between them no score lies, so no threshold exists there" : $"thresholds between them part {Numbers.Percent(between)} of the flags");
    }

    /// <summary>"0.70, 0.85 or 0.90".</summary>
    public static string Scores(IReadOnlyList<ScoreStep> steps)
    {
        string last = Numbers.Cut(steps[^1].Score);
        return steps.Count == 1 ? last : $"{string.Join(", ", steps.SkipLast(1).Select(step => Numbers.Cut(step.Score)))} or {last}";
    }

    public static string? Slices(IReadOnlyList<SliceCalibration> slices) =>
        slices.Where(slice => slice.Observed is Rate.Known).MaxBy(slice => slice.MeanScore - ((Rate.Known)slice.Observed).High) is { Observed: Rate.Known observed } worst
            ? $"{Capital(Within(worst.Where))}, scores say {Numbers.Percent(worst.MeanScore)} on average and {Numbers.Rate(observed)} violates"
            : null;

    public static string? Calibration(ConfidenceFinding confidence)
    {
        if (confidence.CalibrationP is not { } p)
        {
            return null;
        }

        double weighted = confidence.Reliability.Sum(bin => bin.Observed is Rate.Known known ? known.N * (bin.MeanScore - known.Estimate) : 0);
        string verdict = p >= 0.05 ? "Scores mean what they say, as far as the labels can tell"
            : weighted > 0 ? "Scores promise more than is true: fewer contents are violating than they say"
            : "Scores promise less than is true: more contents are violating than they say";
        return verdict + $" (p {Numbers.P(p)})";
    }

    public static string Removable(ConfidenceFinding confidence) =>
        (confidence.RemovableByThreshold, confidence.RemovableByCalibration) switch
        {
            (Rate.Known threshold, Rate.Known map) => $"On held-out rows, moving the thresholds removes {Part(threshold)} of the excess, a map back to the reference {Part(map)}",
            (Rate.Known threshold, _) => $"On held-out rows, moving the thresholds removes {Part(threshold)} of the excess",
            (Rate.Unknown(var why), _) => $"How much of the excess the thresholds could remove is unknown: {Continued(why)}",
            _ => "How much of the excess the thresholds could remove is unknown",
        };

    /// <summary>"above the objective" as far as the interval tells.</summary>
    public static string Against(Rate.Known rate, double objective, string name = "objective") =>
        rate.Low > objective ? $"above the {name} of {Numbers.Percent(objective)}"
        : rate.High < objective ? $"below the {name} of {Numbers.Percent(objective)}"
        : $"the interval holds the {name} of {Numbers.Percent(objective)}";

    // A second condition on the same feature is keyed "term 2".
    private static string Feature(string key) => key.Length > 2 && key[^2] == ' ' && char.IsAsciiDigit(key[^1]) ? Short(key[..^2]) : Short(key);

    // A value of a column may be as long as a content.
    private static string Short(string value) => value.Length <= 60 ? value : value[..59] + "…";

    /// <summary>A sentence as the end of another one.</summary>
    internal static string Continued(string sentence) =>
        (sentence.Length > 1 && char.IsLower(sentence[1]) ? char.ToLowerInvariant(sentence[0]) + sentence[1..] : sentence).TrimEnd('.');

    internal static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    private static string Percent(Rate rate) => rate is Rate.Known known ? Numbers.Percent(known.Estimate) : Numbers.Unknown;

    private static string Between(Interval share) => $"{Numbers.Percent(share.Low)} to {Numbers.Percent(share.High)}";

    // A rule may remove more than the excess: then the whole interval stands at 1.
    private static string Part(Rate.Known removed) => removed.Low >= 0.995 ? "all" : Numbers.Rate(removed);

    private static string Before(Rate reference) => reference is Rate.Known known ? $"before {Numbers.Percent(known.Estimate)}" : "and there was none of it before";

    private static string Basis(InvestigationFindings findings) => findings.Input.Labelled == 0
        ? $"None of the {Numbers.Count(findings.Input.Read)} contents has a label."
        : $"{Numbers.Count(findings.Input.Labelled)} of {Numbers.Count(findings.Input.Read)} contents have a label"
          + (findings.Rates.Fpr is Rate.Known fpr ? $" ({fpr.Design})." : ".");
}
