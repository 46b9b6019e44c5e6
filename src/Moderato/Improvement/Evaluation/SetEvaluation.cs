using Moderato.Decisions;
using Moderato.Statistics;
using Moderato.Statistics.Calibration;
using Moderato.Statistics.Curves;
using Moderato.Statistics.Intervals;

namespace Moderato.Improvement.Evaluation;

/// <summary>Measures scores and decisions against labels, every figure with a bootstrap interval, by cluster where there is one.</summary>
public static class SetEvaluation
{
    private const double FprLimit = .05;

    /// <summary>Decisions are seen as scores of 0 and 1: then one cut lies between them, however the cuts differ by language.</summary>
    private const double Decided = .5;

    private static readonly CurveStatistic[] OfDecisions =
        [CurveStatistic.MacroF1(Decided), CurveStatistic.Fpr(Decided), CurveStatistic.Fnr(Decided)];

    public static SetFinding Of(EvaluatedRows rows, BootstrapOptions options)
    {
        int[]? clusters = rows.Clusters is { } column ? ClusterCodes(column) : null;
        var scores = new LabelledScores(rows.Scores, rows.Violating, default, clusters);
        CurveStatistic[] ofScores =
            [
            CurveStatistic.AveragePrecision, CurveStatistic.RocAuc, CurveStatistic.TprAtFpr(FprLimit), CurveStatistic.CalibrationError(scores),
            CurveStatistic.DebiasedCalibrationError(scores),
        ];
        string population = $"contents of {rows.Set}";
        var ranking = CurveBootstrap.Run(scores, ofScores, population, Design, options);
        var decisions = Decisions(rows, [.. Enumerable.Range(0, rows.Scores.Length)], clusters, rows.Set, options);
        return new SetFinding(
            rows.Set, rows.Category, rows.Scores.Length, rows.Violating.LongCount(violating => violating), rows.Threshold,
            decisions[0], ranking[0], ranking[1], ranking[2], decisions[1], decisions[2], ranking[3],
            rows.Groups is { } groups ? GroupsOf(rows, groups, clusters, options) : [])
        {
            NotJudged = rows.NotJudged,
            DebiasedEce = ranking[4],
            CalibrationSlope = Slope(scores, population),
            StatedPrior = rows.StatedPrior,
        };
    }

    private static Rate Slope(LabelledScores scores, string population) => CalibrationSlope.Of(scores) switch
    {
        Outcome<CalibrationSlope>.Defined(var slope) => new Rate.Known(
            slope.Slope, slope.SlopeInterval.Low, slope.SlopeInterval.High, scores.Count, "Wald with the sandwich variance, by row", population, Design, slope.Confidence),
        Outcome<CalibrationSlope>.Undefined(var why) => new Rate.Unknown(why),
        _ => throw new InvalidOperationException("An outcome is defined or not."),
    };

    private const string Design = "all labelled rows of the set";

    private static List<GroupFinding> GroupsOf(EvaluatedRows rows, RowGroups of, int[]? clusters, BootstrapOptions options)
    {
        var groups = of.Values;
        var members = new List<int>[groups.Values.Count];
        for (int entry = 0; entry < groups.Codes.Length; entry++)
        {
            if (groups.Codes[entry] is var code && code != CodedColumn.Missing)
            {
                (members[code] ??= []).Add(of.Rows[entry]);
            }
        }

        var findings = new List<GroupFinding>();
        for (int code = 0; code < members.Length; code++)
        {
            if (members[code] is { } own)
            {
                var rates = Decisions(rows, own, clusters, $"{rows.Set} where {groups.Name} is {groups.Values[code]}", options);
                findings.Add(new GroupFinding(groups.Name, groups.Values[code], own.Count, rates[0], rates[1], rates[2]));
            }
        }

        return [.. findings.OrderByDescending(finding => finding.N).ThenBy(finding => finding.Value, StringComparer.Ordinal)];
    }

    private static IReadOnlyList<Rate> Decisions(EvaluatedRows rows, List<int> members, int[]? clusters, string population, BootstrapOptions options)
    {
        var flagged = new double[members.Count];
        var violating = new bool[members.Count];
        var own = clusters is null ? null : new int[members.Count];
        for (int i = 0; i < members.Count; i++)
        {
            flagged[i] = rows.Flagged[members[i]] ? 1 : 0;
            violating[i] = rows.Violating[members[i]];
            if (own is not null)
            {
                own[i] = clusters![members[i]];
            }
        }

        return CurveBootstrap.Run(new LabelledScores(flagged, violating, default, own), OfDecisions, $"contents of {population}", Design, options);
    }

    /// <summary>Rows without a cluster stand alone.</summary>
    private static int[] ClusterCodes(CodedColumn column)
    {
        int next = column.Values.Count;
        return [.. column.Codes.Select(code => code == CodedColumn.Missing ? next++ : code)];
    }
}
