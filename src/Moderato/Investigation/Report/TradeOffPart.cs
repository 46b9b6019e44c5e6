using Moderato.Investigation.Findings;
using Moderato.Pictures;
using Moderato.Statistics.Intervals;
using Moderato.Tuning;

namespace Moderato.Investigation.Report;

/// <summary>What moving the thresholds costs: the trade-off curves with today, the optimum and the objective, and what review capacity is worth.</summary>
internal static class TradeOffPart
{
    /// <summary>More vertices than this are thinned evenly, in the picture and in its table alike.</summary>
    private const int VerticesShown = 101;

    public static Markup Render(InvestigationFindings findings, TuningFindings? tuning)
    {
        if (tuning is null)
        {
            return Markup.None;
        }

        List<Block> blocks = [];
        double? objective = findings.Rates.ObjectiveFpr;
        double window = Window(tuning, objective);
        var both = Points(tuning, "both", window);
        if (both.Count > 1)
        {
            blocks.Add(Errors(tuning, both, objective));
            blocks.Add(PrecisionRecall(tuning, both));
        }

        var block = Points(tuning, "block", window);
        if (block.Count > 1)
        {
            blocks.Add(Reviews(tuning, block, objective));
        }

        if (tuning.Frontier.Count > 1)
        {
            blocks.Add(Frontier(tuning));
        }

        if (blocks.Count == 0)
        {
            blocks.Add(new Block("What do the thresholds trade?", Block.Finding(tuning.Statement)));
        }

        return Block.Section("thresholds", "What moving the thresholds costs", tuning.Statement, blocks, []);
    }

    private static Block Errors(TuningFindings tuning, IReadOnlyList<CurvePoint> points, double? objective)
    {
        string finding = tuning.Best is { } best
            ? $"The least harm is at {Cuts(best.ReviewFrom, best.BlockFrom)}: {Numbers.Change(best.FalsePositives, "false positives")}"
            : "Fewer false positives are bought with false negatives";
        var plot = new CurvePlot(
            new Axis("FPR: wrongly flagged, of truly safe content", IsShare: true), new Axis("FNR: passed as safe, of truly violating content", IsShare: true),
            [.. points.Select(point => new CurveVertex(Known(point.Fpr).Estimate, Known(point.Fnr).Estimate, Known(point.Fnr).Low, Known(point.Fnr).High))],
            Marks(tuning, points, point => (Known(point.Fpr).Estimate, Known(point.Fnr).Estimate)), objective is { } limit ? (limit, "objective") : null);
        return new Block("Which errors do the two cuts trade when they move together?",
            Block.Paragraph("Both cuts move: what is no longer flagged passes"),
            plot.Picture("trade-off", finding, Describe(finding, tuning, points, point => Numbers.Rate(point.Fnr), "FNR"), Table("Both cuts move", points)));
    }

    private static Block PrecisionRecall(TuningFindings tuning, IReadOnlyList<CurvePoint> points)
    {
        CurvePoint[] known = [.. points.Where(point => point.Precision is Rate.Known)];
        string finding = PointAt(tuning.Current) is { Precision: Rate.Known precision, Fnr: Rate.Known missed }
            ? $"Of what is flagged today {Numbers.Rate(precision)} is violating, and {Numbers.Percent(1 - missed.Estimate)} of what is violating is flagged"
            : "What is caught, and how much of what is flagged is rightly so";
        var plot = new CurvePlot(
            new Axis("recall: not passed as safe, of truly violating content", IsShare: true), new Axis("precision: truly violating, of flagged content", IsShare: true),
            [.. known.Select(point => new CurveVertex(1 - Known(point.Fnr).Estimate, Known(point.Precision).Estimate, Known(point.Precision).Low, Known(point.Precision).High))],
            Marks(tuning, known, point => point.Precision is Rate.Known at ? (1 - Known(point.Fnr).Estimate, at.Estimate) : null));
        return new Block("How much of what is flagged is rightly flagged?",
            Block.Paragraph("Both cuts move. Precision falls where violating content is rarer, though no rate of the model has changed"),
            plot.Picture("precision-recall", finding, Describe(finding, tuning, points, point => Numbers.Rate(point.Precision), "precision"), Table("Both cuts move", known)));
    }

    private static Block Reviews(TuningFindings tuning, IReadOnlyList<CurvePoint> points, double? objective)
    {
        const string finding = "Raising only the upper cut turns false positives into reviews and adds no false negative";
        bool daily = points.All(point => point.ReviewsPerDay is not null);
        double Load(CurvePoint point) => daily ? point.ReviewsPerDay!.Value : point.ReviewShare;
        string Said(CurvePoint point) => daily ? Numbers.Count(Load(point)) : Numbers.Percent(Load(point));
        string name = daily ? "reviews a day" : "share of contents reviewed";
        var plot = new CurvePlot(
            new Axis("FPR: wrongly flagged, of truly safe content", IsShare: true), new Axis(name, IsShare: !daily),
            [.. points.Select(point => new CurveVertex(Known(point.Fpr).Estimate, Load(point)))],
            Marks(tuning, points, point => (Known(point.Fpr).Estimate, Load(point))), objective is { } limit ? (limit, "objective") : null);
        return new Block("What does a wider review band cost?", Block.Paragraph("Only block_from moves: what is no longer flagged waits for a person"),
            plot.Picture("reviews", finding, Describe(finding, tuning, points, Said, name), Table("Only block_from moves", points)));
    }

    private static Block Frontier(TuningFindings tuning)
    {
        var frontier = tuning.Frontier;
        var first = frontier[0];
        var last = frontier[^1];
        string finding = $"{Numbers.Count(last.CapacityPerDay)} reviews a day instead of {Numbers.Count(first.CapacityPerDay)} lower the harm by {Numbers.Percent(first.Harm > 0 ? 1 - (last.Harm / first.Harm) : 0)}";
        var marks = tuning.CapacityPerDay is { } capacity && frontier.LastOrDefault(point => point.CapacityPerDay <= capacity) is { } at
            ? new[] { new CurveMark(at.CapacityPerDay, at.Harm, "your capacity", CurveMarkKind.Today) }
            : [];
        var plot = new CurvePlot(new Axis("review capacity, contents a day", IsShare: false), new Axis("harm, in the units of your costs", IsShare: false),
            [.. frontier.Select(point => new CurveVertex(point.CapacityPerDay, point.Harm))], marks);
        var table = new DataTable("Least harm by review capacity",
            ["Capacity a day", Column.Number("Harm"), Column.Number("Review from"), Column.Number("Block from")],
            [.. frontier.Select(point => (IReadOnlyList<string>)[Numbers.Count(point.CapacityPerDay), Numbers.Count(point.Harm), Numbers.Cut(point.ReviewFrom), Numbers.Cut(point.BlockFrom)])]);
        return new Block("What is review capacity worth?", Markup.Of($"<p>The least harm that any two cuts reach when no more than so many contents a day can be reviewed.</p>"), plot.Picture("frontier", finding, finding + ".", table));
    }

    // Nobody asks what happens when everything is flagged: the curve is drawn around today, the optimum and the objective.
    private static double Window(TuningFindings tuning, double? objective)
    {
        double today = (tuning.Current?.Fpr as Rate.Known)?.Estimate ?? double.NaN, best = (tuning.Best?.Fpr as Rate.Known)?.Estimate ?? double.NaN;
        double widest = new[] { 3 * today, 1.5 * best, 1.5 * (objective ?? double.NaN) }.Where(double.IsFinite).DefaultIfEmpty(1).Max();
        return widest > 0 ? widest : 1;
    }

    private static IReadOnlyList<CurvePoint> Points(TuningFindings tuning, string cuts, double window)
    {
        var known = tuning.Curve.Where(point => point.Cuts == cuts && point is { Fpr: Rate.Known, Fnr: Rate.Known } && Known(point.Fpr).Estimate <= window).ToArray();
        int step = Math.Max(1, (int)Math.Ceiling(known.Length / (double)VerticesShown));
        return [.. known.Where((point, i) => i % step == 0 || i == known.Length - 1 || IsAt(point, tuning.Current) || IsAt(point, tuning.Best))];
    }

    private static CurveMark[] Marks(TuningFindings tuning, IReadOnlyList<CurvePoint> points, Func<CurvePoint, (double X, double Y)?> at)
    {
        var marks = new List<CurveMark>();
        Add("today", tuning.Current, CurveMarkKind.Today);
        Add("best", tuning.Best, CurveMarkKind.Best);
        foreach (var point in points)
        {
            if (point.BlockFrom is > 0 and < 1 and { } cut && Math.Abs((cut * 10) - Math.Round(cut * 10)) < 1e-9 && !IsAt(point, tuning.Current) && !IsAt(point, tuning.Best) && at(point) is { } place)
            {
                marks.Add(new CurveMark(place.X, place.Y, Numbers.Cut(cut), CurveMarkKind.Step));
            }
        }

        return [.. marks];

        // A choice with a review band lies off the curve on which both cuts move; it is marked where its own rates put it.
        void Add(string name, Choice? choice, CurveMarkKind kind)
        {
            if (PointAt(choice) is { Fpr: Rate.Known, Fnr: Rate.Known } point && at(point) is { } place)
            {
                marks.Add(new CurveMark(place.X, place.Y, $"{name} {CutPair(point.ReviewFrom, point.BlockFrom)}", kind));
            }
        }
    }

    private static CurvePoint? PointAt(Choice? choice) => choice is null
        ? null
        : new(choice.Cuts ?? "", choice.ReviewFrom, choice.BlockFrom, choice.Fpr, choice.Fnr, choice.Precision, choice.ReviewsPerDay)
        {
            ReviewShare = choice.ReviewShare,
            FlagShare = choice.FlagShare,
        };

    private static bool IsAt(CurvePoint point, Choice? choice) =>
        choice is not null && Same(point.BlockFrom, choice.BlockFrom) && Same(point.ReviewFrom, choice.ReviewFrom);

    private static bool Same(double? a, double? b) => a is null ? b is null : b is { } other && Math.Abs(a.Value - other) < 5e-5;

    private static Rate.Known Known(Rate rate) => (Rate.Known)rate;

    private static string Cuts(double? reviewFrom, double? blockFrom) =>
        Same(reviewFrom, blockFrom) || reviewFrom is null ? Numbers.Cut(blockFrom) : $"review from {Numbers.Cut(reviewFrom)}, block from {Numbers.Cut(blockFrom)}";

    private static string CutPair(double? reviewFrom, double? blockFrom) =>
        Same(reviewFrom, blockFrom) || reviewFrom is null ? Numbers.Cut(blockFrom) : $"{Numbers.Cut(reviewFrom)} to {Numbers.Cut(blockFrom)}";

    private static string Describe(string finding, TuningFindings tuning, IReadOnlyList<CurvePoint> points, Func<CurvePoint, string> y, string name)
    {
        string At(string label, Choice? choice) => PointAt(choice) is { } at
            ? $" {label} at {Cuts(at.ReviewFrom, at.BlockFrom)}: FPR {Numbers.Rate(at.Fpr)}, {name} {y(at)}."
            : "";
        return $"{finding}.{At("Today", tuning.Current)}{At("Best", tuning.Best)}";
    }

    private static DataTable Table(string caption, IReadOnlyList<CurvePoint> points) => new(caption,
        ["Block from", Column.Number("Review from"), Column.Number("FPR"), Column.Number("FNR"), Column.Number("Precision"), Column.Number("Reviews a day")],
        [.. points.Select(point => (IReadOnlyList<string>)[Numbers.Cut(point.BlockFrom), Numbers.Cut(point.ReviewFrom), Numbers.Rate(point.Fpr), Numbers.Rate(point.Fnr),
            Numbers.Rate(point.Precision), point.ReviewsPerDay is { } perDay ? Numbers.Count(perDay) : Numbers.Unknown])]);
}
