using Moderato.Decisions;
using Moderato.Investigation;
using Moderato.Investigation.Findings;
using Moderato.Investigation.Patterns;
using Moderato.Investigation.Planning;
using Moderato.Investigation.Shift;
using Moderato.Monitoring;
using Moderato.Statistics.Intervals;
using Moderato.Statistics.Sampling;
using Moderato.Statistics.Tests.Simulations;
using Moderato.Tests.Investigation.Patterns;
using Moderato.Tests.Tuning;

namespace Moderato.Tests.Simulations;

/// <summary>Intervals that commands print, in worlds whose truth is known: what a remedy changes, what carried a change, shares of codes.</summary>
internal static class DecisionCoverage
{
    private static readonly Cuts Raised = new(null, .6);

    public static IEnumerable<CoverageCase> All =>
    [
        // Under s² a threshold at .5 has FP ∫(1 − s²) = .2083; those below .6 are 33.44%; misses t³/3 rise by 72.8%.
        Remedy("false positives under a remedy", 600, 1, -33.44, effect => effect.FalsePositives, 600 * .0697),
        Remedy("false positives under a remedy", 6_000, .1, -33.44, effect => effect.FalsePositives, 600 * .0697 / 2),
        Remedy("false negatives under a remedy", 2_000, 1, 72.8, effect => effect.FalseNegatives, 2_000 * .0303),
        Attributed("change of the FPR", .021, attribution => attribution.Change),
        Attributed("mix part of the change", .015, attribution => attribution.Mix),
        Attributed("rate part of the change", .006, attribution => attribution.Rate),
        FlagRate(),
        Codes(100),
        Codes(400),
        Corrected("FPR corrected by second labels", 5 / 16.0, rates => rates.Fpr),
        Corrected("FNR corrected by second labels", 1 / 8.0, rates => rates.Fnr),
        Corrected("sensitivity of reviewers", .9, rates => rates.Sensitivity!),
    ];

    private static CoverageCase Remedy(string what, int rows, double labelled, double truth, Func<RemedyEffect, Change> of, double events) => new(
        what, FormattableString.Invariant($"{rows} contents, {100 * labelled:0}% labelled, half of them measure, threshold .5 to .6"), events / 2, seed =>
        {
            var table = labelled == 1
                ? ScoredLog.AllLabelled(rows, ScoredLog.Threshold, seed)
                : ScoredLog.Of(rows, ScoredLog.Threshold, verdict => verdict == Verdict.Violating ? labelled : labelled / 2, seed: seed);
            var effect = RemedyEffect.Of(Evidence(table), Volume.Of(table, null), row => Raised.Decide(table.Scores![row]));
            return of(effect) is Change.Known { Low: { } low, High: { } high } ? new(truth, low, high) : Covering.Unknown;
        });

    private static CoverageCase Attributed(string what, double truth, Func<FprAttribution, Rate> of) => new(
        what, "2 × 8 000 contents, all labelled, two languages of which one grew from 30% to 50%", 300, seed =>
        {
            var random = new SplitMix64(seed);
            var table = Draw(16_000, (current, _) =>
            {
                bool second = random.NextDouble() < (current ? .5 : .3);
                return (second ? "es" : "en", random.NextDouble() < (second ? .10 : current ? .03 : .02));
            });
            return ShiftAnalysis.Of(Evidence(table), seed).Finding.Attribution is { } attribution ? Covering.Of(truth, of(attribution)) : Covering.Unknown;
        });

    private static CoverageCase FlagRate() => new("change of a flag rate", "2 × 6 000 contents, one language in seven from 5% to 20%", 40, seed =>
    {
        var random = new Random((int)(seed % int.MaxValue));
        var table = TrafficTable.Of(12_000, random.Next(), (row, language, _, _) => row >= 6_000 && language == "es" ? .2 : .05).Compared();

        // One in twenty violates, of which .7 are flagged whatever the language.
        double truth = .95 * (.2 - .05);
        var columns = SliceColumns.Of(table);
        return FlagRateChanges.Of(table.Evidence(columns), columns, (int)(seed % 1_000)).Changes
            .FirstOrDefault(change => change.Where.Count == 1 && change.Where.GetValueOrDefault("language") == "es") is { DifferenceInterval: { } interval }
            ? Covering.Of(truth, interval)
            : Covering.Unknown;
    });

    /// <summary>Covered where the intervals of all codes hold together.</summary>
    private static CoverageCase Codes(int coded) => new("shares of hand codes, all at once", $"{coded} coded false positives", coded * .05, seed =>
    {
        string[] names = [.. FalsePositiveCodes.All.Select(code => code.Code)];
        double[] shares = [.. names.Select((_, i) => i == 0 ? .4 : i == 1 ? .25 : i == 2 ? .2 : .15 / (names.Length - 3))];
        var random = new SplitMix64(seed);
        var (codes, other) = (new CodedColumn.Builder("code"), new CodedColumn.Builder("language"));
        for (int row = 0; row < coded; row++)
        {
            double u = random.NextDouble();
            int code = 0;
            while (code < names.Length - 1 && u >= shares[code])
            {
                u -= shares[code++];
            }

            codes.Add(names[code]);
            other.Add("en");
        }

        var table = new DecisionTable
        {
            Category = "hate",
            Ids = PackedStrings.From(Enumerable.Range(0, coded).Select(row => $"c{row}")),
            Verdicts = [.. Enumerable.Repeat(Verdict.Violating, coded)],
            Labels = [.. Enumerable.Repeat<sbyte>(0, coded)],
            Design = new LabelDesign.Random(),
            Columns = [other.Build()],
            Codes = codes.Build(),
        };
        bool all = FalsePositiveSample.Codes(Evidence(table))!.All(
            share => share.Share is Rate.Known known && Array.IndexOf(names, share.Code) is var at && shares[at] >= known.Low && shares[at] <= known.High);
        return new(all ? .5 : 2, 0, 1);
    });

    private static CoverageCase Corrected(string what, double truth, Func<CorrectedRates, Rate> of) => new(
        what, "6 000 contents, half of them labelled twice; reviewers miss 10% and wrong 5%", 3_000 / 24.0, seed =>
        {
            var table = ScoredLog.Of(6_000, ScoredLog.Threshold, _ => .5, seed: seed);
            var random = new SplitMix64(seed + 1);
            var seconds = new sbyte[table.Count];
            for (int row = 0; row < table.Count; row++)
            {
                double says = table.Labels[row] == 1 ? .9 : .05;
                (table.Labels[row], seconds[row]) = table.Labels[row] < 0
                    ? ((sbyte)-1, (sbyte)-1)
                    : ((sbyte)(random.NextDouble() < says ? 1 : 0), (sbyte)(random.NextDouble() < says ? 1 : 0));
            }

            return Covering.Of(truth, of(EstimateRun.Of(table with { SecondLabels = seconds }, new()).Corrected!));
        });

    /// <summary>Reference first, then as many current; all safe and labelled.</summary>
    private static DecisionTable Draw(int rows, Func<bool, int, (string Language, bool Flagged)> draw)
    {
        var language = new CodedColumn.Builder("language");
        var verdicts = new Verdict[rows];
        for (int row = 0; row < rows; row++)
        {
            var (value, flagged) = draw(row >= rows / 2, row);
            language.Add(value);
            verdicts[row] = flagged ? Verdict.Violating : Verdict.Safe;
        }

        return new()
        {
            Category = "hate",
            Ids = PackedStrings.From(Enumerable.Range(0, rows).Select(row => $"c{row}")),
            Verdicts = verdicts,
            Labels = new sbyte[rows],
            Design = new LabelDesign.Random(),
            Periods = [.. Enumerable.Range(0, rows).Select(row => row < rows / 2 ? Period.Reference : Period.Current)],
            Columns = [language.Build()],
        };
    }

    private static Evidence Evidence(DecisionTable table) =>
        Moderato.Investigation.Evidence.Of(table, [.. Enumerable.Range(0, table.Count)], table.Count, table.Columns);
}
