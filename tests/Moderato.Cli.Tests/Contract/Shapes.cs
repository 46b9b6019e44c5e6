namespace Moderato.Cli.Tests.Contract;

/// <summary>The documents that <c>--json</c> prints, key for key as outside programs rely on them.</summary>
internal static class Shapes
{
    private const string Causes = "threshold/calibration/mix-shift/new-content/slice/label-noise/policy/none/inconclusive";

    private const string Triggers = "release/provider/platform/event/flood/season/pipeline/unknown";

    private const string InvestigationLines = $"""
        input.rows count
        input.read count
        input.rejected count
        input.labelled count
        input.clusters count|null
        input.period.reference count
        input.period.current count
        input.scoreResolution count|null
        rates.flagRate RATE
        rates.fpr? RATE
        rates.fnr? RATE
        rates.falseDiscoveryShare? RATE
        rates.contestedShare? RATE
        rates.referenceFpr? RATE
        rates.referenceFnr? RATE
        rates.which[] string
        patterns.sample[].id string
        patterns.sample[].score number|null
        patterns.codes[]?.code string
        patterns.codes[]?.share RATE
        patterns.slices[].where object
        patterns.slices[].n count
        patterns.slices[].falsePositives count
        patterns.slices[].fpr RATE
        patterns.slices[].lift number|null
        patterns.slices[].q number
        patterns.slices[].excessShare number
        patterns.slices[].examples[] string
        shift.text?.auc number
        shift.text?.low number
        shift.text?.high number
        shift.text?.p number
        shift.text?.terms[] string
        shift.score? object
        shift.columns[].column string
        shift.columns[].statistic number
        shift.columns[].effect number
        shift.columns[].p number
        shift.columns[].q number
        shift.attribution?.change RATE
        shift.attribution?.mix RATE
        shift.attribution?.rate RATE
        shift.attribution?.slices[].where object
        shift.attribution?.slices[].mix number
        shift.attribution?.slices[].rate number
        shift.bursts[].terms[] string
        shift.bursts[].from string
        shift.bursts[].to string
        shift.bursts[].shareOfFlags number
        shift.bursts[].shareOfFalsePositives? number
        shift.floods[].exampleId string
        shift.floods[].contents count
        shift.floods[].authors count
        shift.floods[].from string|null
        shift.floods[].to string|null
        confidence.margins object|null
        confidence.margins?.p10 number
        confidence.margins?.p50 number
        confidence.margins?.p90 number
        confidence.lowShare number|null
        confidence.highShare number|null
        confidence.ece RATE
        confidence.calibrationP number|null
        confidence.removableByThreshold RATE
        confidence.removableByCalibration RATE
        diagnosis[].cause {Causes}
        diagnosis[].share number|null
        diagnosis[].trigger?.kind {Triggers}
        diagnosis[].trigger?.since string|null
        diagnosis[].trigger?.what string
        diagnosis[].statement string
        diagnosis[].evidence[] string
        plan[].horizon quick/medium/long
        plan[].remedy string
        plan[].statement string
        plan[].falsePositives CHANGE
        plan[].falseNegatives CHANGE
        plan[].reviewsPerDay CHANGE
        notAssessed[].what string
        notAssessed[].why string
        labelNext[].what string
        labelNext[].additional count
        """;

    private const string CommonTuneLines = """
        costs?.falsePositive number
        costs?.falseNegative number
        costs?.review number|null
        impliedExchangeRate number|null
        capacityPerDay number|null
        current object|null
        best object|null
        curve[].cuts both/block/review
        curve[].reviewFrom number|null
        curve[].blockFrom number|null
        curve[].fpr RATE
        curve[].fnr RATE
        curve[].precision RATE
        curve[].reviewsPerDay number|null
        frontier[].capacityPerDay number
        frontier[].harm number
        frontier[].reviewFrom number|null
        frontier[].blockFrom number|null
        guarantee?.target string
        guarantee?.confidence number
        guarantee?.feasible bool
        statement string
        """;

    public static Shape Investigation { get; } = new(InvestigationLines);

    /// <summary>The object <c>shift</c> of an investigation.</summary>
    public static Shape Drift { get; } = Shape.Under("shift", InvestigationLines);

    public static Shape Tuning { get; } = new(string.Join('\n', [CommonTuneLines, .. ((string[])["current?", "best?", "guarantee?.choice?"]).Select(Choice)]));

    public static Shape Estimate { get; } = new("""
        fpr RATE
        fnr RATE
        naiveQueueFpr? RATE
        labelsNeeded[].for string
        labelsNeeded[].verdict string
        labelsNeeded[].additional count
        by[].by string
        by[].value string
        by[].fpr RATE
        by[].fnr RATE
        """);

    public static Shape Evaluation { get; } = new("""
        release string
        sets[].set string
        sets[].category string
        sets[].n count
        sets[].positives count
        sets[].threshold number|null
        sets[].macroF1 RATE
        sets[].averagePrecision RATE
        sets[].rocAuc RATE
        sets[].tprAtFpr05 RATE
        sets[].fpr RATE
        sets[].fnr RATE
        sets[].ece RATE
        sets[].groups[].by string
        sets[].groups[].value string
        sets[].groups[].n count
        sets[].groups[].macroF1 RATE
        sets[].groups[].fpr RATE
        sets[].groups[].fnr RATE
        """);

    public static Shape Demo { get; } = new($"""
        planted {Causes}
        diagnosed {Causes}
        before.fpr RATE
        before.fnr RATE
        after.fpr RATE
        after.fnr RATE
        """);

    public static Shape Decision { get; } = new("""
        id string
        verdict safe/borderline/violating
        category string|null
        scores object
        tier string
        release string
        latencyMs number
        """);

    private static string Choice(string at) => $"""
        {at}.reviewFrom number|null
        {at}.blockFrom number|null
        {at}.harm number|null
        {at}.falsePositives CHANGE
        {at}.falseNegatives CHANGE
        {at}.reviewsPerDay number|null
        """;
}
