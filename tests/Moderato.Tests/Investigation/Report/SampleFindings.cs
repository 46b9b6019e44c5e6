using Moderato.Decisions;
using Moderato.Investigation.Findings;
using Moderato.Statistics.Intervals;
using Moderato.Tuning;

namespace Moderato.Tests.Investigation.Report;

/// <summary>Findings as investigations of four incidents would give them, written by hand with intervals that fit their counts.</summary>
internal static class SampleFindings
{
    private static readonly DateTimeOffset Start = new(2025, 10, 13, 0, 0, 0, TimeSpan.Zero);

    public static IEnumerable<(string Name, InvestigationFindings Findings, TuningFindings? Tuning)> All =>
    [
        ("new-content", NewContent, Tuning),
        ("threshold", Threshold, Tuning),
        ("unlabelled", Unlabelled, null),
        ("none", None, null),
    ];

    public static InvestigationFindings NewContent => new(
        new InputFinding(62_410, 62_388, 22, 1_204, 48_102, new PeriodCounts(28_940, 33_448), 4_120) { ReviewFrom = 0.5, BlockFrom = 0.5 },
        new RatesFinding(
            Share(3_512, 33_448, "all contents of the current period", "all rows"), Share(62, 762, Safe, Random), Share(29, 181, Violating, Random),
            Share(62, 214, "flagged contents of the current period", Random), Share(31, 600, "labelled contents with votes", Random),
            Share(26, 801, "truly safe contents of the reference period", Random), Share(24, 160, "truly violating contents of the reference period", Random),
            [
                "FP / truly safe: 8.1% [6.4, 10.3], the product's false-positive rate.",
                "FP / flagged: 29% [23, 35]; it moves with the share of violating content even when the model does not.",
                "Overturned / appealed: unknown, the log has no appeals.",
                "Complaints / contents: unknown, the log has no complaints.",
            ])
        {
            ReferenceFlagRate = Share(1_621, 28_940, "all contents of the reference period", "all rows"),
            ObjectiveFpr = 0.03,
            Reconciled = "The same 1 017 wrong flags are 8.1% of about 12 560 safe contents and 29% of the 3 512 flagged ones; 145 flags were appealed, 61 overturned.",
            Meanings =
            [
                new FprMeaning("FP / truly safe", "FP/safe", "of safe contents, wrongly flagged", Share(62, 762, Safe, Random), "this is the FPR; it does not move with how much violating content there is"),
                new FprMeaning("FP / flagged", "FP/flagged", "of flagged contents, truly safe", Share(62, 214, "flagged contents of the current period", Random), "1 − precision; it rises where violating content is rare, though the model is the same"),
                new FprMeaning("overturned / appealed", "overturned", "of appealed flags, overturned", Share(61, 145, "appealed decisions", "those who appealed, no sample"), "only those who appeal are counted, and they appeal when they think they win"),
                new FprMeaning("complaints / contents", "complaints", "of all contents, complained about", new Rate.Unknown("the log holds no complaints"), "most wronged people say nothing, and some complain who were not wronged"),
            ],
            Agreement =
            [
                new VerdictAgreement(Verdict.Violating, Share(62, 214, Voted, Random), Share(21, 214, Voted, Random), Share(131, 214, Voted, Random)),
                new VerdictAgreement(Verdict.Borderline, Share(30, 96, Voted, Random), Share(41, 96, Voted, Random), Share(25, 96, Voted, Random)),
                new VerdictAgreement(Verdict.Safe, Share(280, 290, Voted, Random), Share(10, 290, Voted, Random), Share(0, 290, Voted, Random)),
            ],
            FlagRateChanges =
            [
                Flags(("surface", "chat"), 1_840, 6_912, 310, 5_120, 0.61),
                Flags(("language", "pt"), 402, 2_230, 160, 2_050, 0.12),
                Flags(("author age", "under 7 days"), 611, 4_180, 288, 3_960, 0.09),
                Flags(("surface", "comment"), 1_290, 22_300, 1_190, 20_900, 0.03),
            ],
        },
        new PatternsFinding(
            [.. Enumerable.Range(0, 62).Select(i => new SampledContent($"c-{i * 7919 % 62_388:00000}", 0.5 + (i * 37 % 50 / 100.0)))],
            [
                new CodeShare("violating keyword in a benign context", Share(34, 62, "coded false positives", Random)),
                new CodeShare("sarcasm or satire", Share(9, 62, "coded false positives", Random)),
                new CodeShare("language or dialect", Share(8, 62, "coded false positives", Random)),
                new CodeShare("genuinely borderline", Share(6, 62, "coded false positives", Random)),
                new CodeShare("label error", Share(3, 62, "coded false positives", Random)),
                new CodeShare("other", Share(2, 62, "coded false positives", Random)),
            ],
            [
                Slice([("surface", "chat"), ("term", "shoot")], 88, 33, 9.2, 0.00002, 0.48, ["c-00017", "c-02291", "c-10440"]),
                Slice([("surface", "chat")], 141, 39, 6.1, 0.00004, 0.57, ["c-00017", "c-08123"]),
                Slice([("language", "pt")], 52, 8, 2.1, 0.048, 0.07, ["c-31999"]),
            ]),
        new ShiftFinding(
            new TextShift(0.743, 0.721, 0.765, 0.001, ["shoot", "gg", "raid", "noob", "headshot", "mid", "push b", "reload", "camp", "ult"]),
            new ScoreShift(0.121, 0.31, 0.0002, 0.112, 0.164) { Bands = Bands(i => Math.Exp(-i / 3.0) + (i is > 9 and < 14 ? 0.05 : 0), i => Math.Exp(-i / 2.6)) },
            [
                new ColumnShift("surface", 5_120, 0.31, 1e-12, 1e-12), new ColumnShift("language", 210, 0.06, 1e-6, 4e-6),
                new ColumnShift("length", 0.12, 0.22, 1e-9, 1e-9), new ColumnShift("author age", 31, 0.02, 0.04, 0.05), new ColumnShift("hour", 0.01, 0.01, 0.41, 0.41),
            ],
            new FprAttribution(Points(0.049, 0.026, 0.073), Points(0.037, 0.021, 0.054), Points(0.012, -0.006, 0.031), "surface",
            [
                new SliceAttribution(Where(("surface", "chat")), 0.039, 0.006), new SliceAttribution(Where(("surface", "comment")), -0.004, 0.004),
                new SliceAttribution(Where(("surface", "profile")), 0.001, 0.003), new SliceAttribution(Where(("surface", "title")), 0.001, -0.001),
            ]),
            [new Burst(["shoot", "raid", "headshot"], Day(15), Day(27), 0.34, 0.52)],
            [new Flood("c-10440", 4_012, 310, Day(18), Day(19))])
        {
            Days = [.. Enumerable.Range(0, 28).Select(i =>
            {
                long contents = 2_100 + (i % 7 is 5 or 6 ? 520 : 0) + (i * 13 % 170) + (i >= 15 ? 640 : 0);
                return new DayFinding(DateOnly.FromDateTime(Day(i).Date), contents, Share((long)(contents * (i < 15 ? 0.055 + (i % 3 * 0.003) : 0.108 + (i % 4 * 0.004))), contents, "contents of the day", "all rows"));
            })],
        },
        new ConfidenceFinding(new Margins(0.02, 0.09, 0.27), 0.66, 0.08, Points(0.041, 0.028, 0.055), 0.0008,
            Share(35, 62, "excess false positives, held out", Random), Share(11, 62, "excess false positives, held out", Random))
        {
            Reliability = [.. Enumerable.Range(0, 10).Select(i => new ReliabilityBin(0.05 + (i * 0.095), Share((long)(95 * Math.Pow(0.04 + (i * 0.088), 1.4)), 95, "labelled contents of the bin", Random)))],
            FalsePositiveScores = Bands(i => i < 10 ? 0 : Math.Exp(-(i - 10) / 2.4), i => i < 10 ? 0 : Math.Exp(-(i - 10) / 5.0)),
        },
        [
            new Diagnosis(Causes.NewContent, 0.57, new Trigger("platform", Day(15), "game chat was connected"), "Game chat that was not there before 28 October brings 57% of the excess false positives.",
                ["The domain classifier tells current from reference texts: AUC 0.743 [0.721, 0.765].", "“shoot”, “raid” and “headshot” jumped on 28 October and are in 52% of the false positives.", "Outside chat the FPR is 3.7% [2.5, 5.4], before 3.2% [2.2, 4.7]."]),
            new Diagnosis(Causes.Threshold, 0.21, null, "A part of the excess lies just over the cut in every slice.", ["66% of the false positives lie within 0.15 of the cut."]),
        ],
        Plan,
        [
            new NotAssessed("label noise", "no column second_label; have 100 contents labelled twice") { Step = Steps.Patterns },
            new NotAssessed("release changes", "no column release") { Step = Steps.Shift },
        ],
        [new LabelNext("safe verdicts of game chat, for the false-negative rate there", 180), new LabelNext("flagged contents in Portuguese", 60)])
    {
        Answer = "The false positives come from game chat that was not there before 28 October. That explains 57% of the excess; open a review band for chat today and label 180 safe verdicts there.",
        Category = "toxicity",
    };

    public static InvestigationFindings Threshold => NewContent with
    {
        Patterns = NewContent.Patterns with { Slices = [], Codes = null },
        Diagnosis = [new Diagnosis(Causes.Threshold, 0.83, null, "Scores are sound; the cut of 0.50 is too low for an objective of 3.0%.", ["No slice stands out on held-out rows.", "Scores mean what they say (p 0.41)."])],
        Shift = new ShiftFinding(new TextShift(0.507, 0.489, 0.525, 0.44, []), null, [], null, [], []),
        Confidence = NewContent.Confidence with { CalibrationP = 0.41 },
        Answer = "The cut of 0.50 is too low for the objective of 3.0%. Raise it to 0.62, or open a review band from 0.50 to 0.62.",
    };

    public static InvestigationFindings Unlabelled => new(
        new InputFinding(19_817, 19_817, 0, 0, 19_340, new PeriodCounts(0, 19_817), 9_102) { BlockFrom = 0.5 },
        new RatesFinding(Share(1_604, 19_817, "all contents", "all rows"), new Rate.Unknown("no labels; draw 400 with moderato sample"), null, null, null, null, null, []),
        new PatternsFinding([], null, []),
        new ShiftFinding(null, null, [], null, [], []),
        new ConfidenceFinding(null, null, null, new Rate.Unknown("no labels"), null, new Rate.Unknown("no labels"), new Rate.Unknown("no labels")),
        [new Diagnosis(Causes.Inconclusive, null, null, "Without labels nothing says which flags are wrong.", [])],
        [],
        [new NotAssessed("false positives", "no labels"), new NotAssessed("shift", "no reference period: --reference or --since") { Step = Steps.Shift }],
        [new LabelNext("contents drawn with known probabilities from every verdict", 400)])
    {
        Answer = "8.1% of all content is flagged, and without labels nobody can say how much of that is wrong.",
        Category = "",
    };

    public static InvestigationFindings None => Unlabelled with
    {
        Input = Unlabelled.Input with { Labelled = 2_000 },
        Rates = new RatesFinding(Share(1_604, 19_817, "all contents", "all rows"), Share(33, 1_870, Safe, Random), Share(21, 130, Violating, Random), null, null, null, null, []) { ObjectiveFpr = 0.03 },
        Diagnosis = [new Diagnosis(Causes.None, null, null, "The FPR is 1.8% [1.3, 2.5]: below the objective of 3.0%, with enough labels to have seen a relevant rise.", [])],
        NotAssessed = [],
        LabelNext = [],
        Answer = "Safe content is not flagged more than the objective allows.",
        Category = "hate",
    };

    public static IReadOnlyList<Remedy> Plan =>
    [
        new(Horizons.Quick, "raise both cuts", "Raising the threshold from 0.50 to 0.62 removes 40% [36, 44] of false positives and adds 12% [9, 15] to false negatives.",
            new Change.Known(-40, -44, -36, -310), new Change.Known(12, 9, 15, 41), Change.Known.Nothing),
        new(Horizons.Quick, "open a review band", "With a review band from 0.50 to 0.62 it adds none, for 310 reviews a day.",
            new Change.Known(-40, -44, -36, -310), Change.Known.Nothing, new Change.Known(null, null, null, 310)),
        new(Horizons.Medium, "thresholds of its own for chat", "A block_from of 0.80 on chat alone removes 31% [25, 37] of false positives.",
            new Change.Known(-31, -37, -25, -240), new Change.Known(3, 1, 6, 10), new Change.Known(0, 0, 0, 0)),
        new(Horizons.Medium, "label and retrain the ngram tier", "Retraining on 400 labelled chat contents; measure on the targeted and the natural set before promotion.",
            new Change.Unknown("needs the labels first"), new Change.Unknown("needs the labels first"), Change.Known.Nothing),
        new(Horizons.Long, "a classifier with context", "A tier that sees the thread decides “shoot” in a match apart from “shoot” in a threat.",
            new Change.Unknown("not measured on this log"), new Change.Unknown("not measured on this log"), new Change.Unknown("depends on the escalation band")),
    ];

    public static TuningFindings Tuning
    {
        get
        {
            List<CurvePoint> curve = [];
            for (int i = 30; i <= 95; i++)
            {
                double cut = i / 100.0, fpr = 0.24 * Math.Exp(-(cut - 0.3) * 5.4), fnr = 0.05 + (0.75 * Math.Pow((cut - 0.3) / 0.65, 1.6));
                curve.Add(new CurvePoint("both", cut, cut, Share((long)(762 * fpr), 762, Safe, Random), Share((long)(181 * fnr), 181, Violating, Random), Share(150, 214, "flagged", Random), 0) { ReviewShare = 0, FlagShare = .08 });
                if (cut >= 0.5)
                {
                    curve.Add(new CurvePoint("block", 0.5, cut, Share((long)(762 * fpr), 762, Safe, Random), Share(29, 181, Violating, Random), Share(150, 214, "flagged", Random), 2_400 * (cut - 0.5)) { ReviewShare = .1 * (cut - 0.5), FlagShare = .08 });
                }
            }

            return new TuningFindings(
                new HarmCosts(1, 5, 0.1), 14, 500,
                new Choice(0.5, 0.5, 410, Change.Known.Nothing, Change.Known.Nothing, 0)
                {
                    Cuts = MovingCuts.None,
                    Fpr = Share(62, 762, Safe, Random),
                    Fnr = Share(29, 181, Violating, Random),
                    Precision = Share(150, 214, "flagged", Random),
                    ReviewShare = 0,
                    FlagShare = .08,
                },
                new Choice(0.5, 0.62, 262, new Change.Known(-40, -44, -36, -310), Change.Known.Nothing, 310)
                {
                    Cuts = MovingCuts.Block,
                    Fpr = Share(37, 762, Safe, Random),
                    Fnr = Share(29, 181, Violating, Random),
                    Precision = Share(150, 189, "flagged", Random),
                    ReviewShare = .01,
                    FlagShare = .06,
                },
                curve,
                [.. Enumerable.Range(0, 11).Select(i => new FrontierPoint(i * 100, 230 + (180 * Math.Exp(-i / 3.0)), 0.5, 0.5 + (i * 0.03)))],
                new GuaranteeFinding("fnr<=0.05", 0.95, false, null, "no cut keeps the FNR at or below 5% with confidence 0.95"),
                "Raising the threshold from 0.50 to 0.62 removes 40% [36, 44] of false positives and adds 12% [9, 15] to false negatives; with a review band from 0.50 it adds none, for 310 reviews a day.")
            {
                Category = "hate",
                Resolution = new(4_120, []),
            };
        }
    }

    public static IReadOnlyDictionary<string, string> Texts { get; } = new Dictionary<string, string>
    {
        ["c-00017"] = "gg, you can't shoot for the life of you but nice raid",
        ["c-02291"] = "<script>alert(1)</script> & \"quoted\" 'text'",
        ["c-10440"] = "shoot the left one first\nthen push",
        ["c-08123"] = "مرحبا بكم",
        ["c-00000"] = "headshot, as always",
    };

    private const string Safe = "truly safe contents of the current period";
    private const string Voted = "contents of the current period with several votes and this verdict";
    private const string Violating = "truly violating contents of the current period";
    private const string Random = "random";

    /// <summary>Wilson's interval at 95%.</summary>
    public static Rate Share(long k, long n, string population, string design)
    {
        const double z = 1.959963984540054;
        double p = (double)k / n, center = (p + (z * z / (2 * n))) / (1 + (z * z / n));
        double half = z * Math.Sqrt((p * (1 - p) / n) + (z * z / (4.0 * n * n))) / (1 + (z * z / n));
        return new Rate.Known(p, Math.Max(0, center - half), Math.Min(1, center + half), n, "Wilson", population, design, 0.95);
    }

    private static Rate Points(double estimate, double low, double high) =>
        new Rate.Known(estimate, low, high, 1_204, "bootstrap by cluster", "labelled contents of both periods", Random, 0.95);

    private static DateTimeOffset Day(int day) => Start.AddDays(day);

    private static Dictionary<string, string> Where(params (string Key, string Value)[] conditions) => conditions.ToDictionary(c => c.Key, c => c.Value);

    private static FlagRateChange Flags((string, string) where, long k, long n, long k0, long n0, double excess) =>
        new(Where(where), Share(k, n, "contents of the slice", "all rows"), Share(k0, n0, "contents of the slice, reference", "all rows"), ((double)k / n) - ((double)k0 / n0), excess);

    private static SliceFinding Slice((string, string)[] where, long n, long fp, double lift, double q, double excess, string[] examples) =>
        new(Where(where), n, fp, Share(fp, n, "truly safe contents of the slice, testing half", Random), lift, q, excess, examples);

    private static ScoreBand[] Bands(Func<int, double> current, Func<int, double> reference)
    {
        double all = Enumerable.Range(0, 20).Sum(current), before = Enumerable.Range(0, 20).Sum(reference);
        return [.. Enumerable.Range(0, 20).Select(i => new ScoreBand(i / 20.0, (i + 1) / 20.0, current(i) / all, reference(i) / before))];
    }
}
