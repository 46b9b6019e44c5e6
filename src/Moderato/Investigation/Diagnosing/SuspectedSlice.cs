using Moderato.Investigation.Findings;
using Moderato.Investigation.Patterns;
using Moderato.Pictures;

namespace Moderato.Investigation.Diagnosing;

/// <summary>A kind of content that may be what the model gets wrong, with the finding that says so.</summary>
/// <param name="Finding">In words, for the report.</param>
/// <param name="ByLabels">Labelled false positives are commoner in it; else more of it is flagged than before, which needs no label.</param>
public sealed record SuspectedSlice(IReadOnlyDictionary<string, string> Where, string Finding, bool ByLabels)
{
    /// <summary>Kinds that are flagged wrongly less than twice as often as the rest are the rest.</summary>
    private const double LeastLift = 2;

    /// <summary>A kind whose flag rate rose by less than half is not what made a relevant rise.</summary>
    private const double LeastFlagRise = 1.5;

    private bool[]? held;

    /// <summary>"language es, surface chat".</summary>
    public string Name => string.Join(", ", Where.Select(w => $"{w.Key} {w.Value}"));

    /// <param name="slices">Slices of false positives that held on the testing half.</param>
    /// <param name="flags">Kinds of which more is flagged than before.</param>
    public static IReadOnlyList<SuspectedSlice> Of(IReadOnlyList<SliceFinding> slices, IReadOnlyList<FlagRateChange> flags) =>
    [
        .. slices.Where(slice => !(slice.Lift < LeastLift) && slice.Where.Keys.All(ContentColumns.DescribesContent)).Select(slice => new SuspectedSlice(
            slice.Where,
            $"{SliceRows.Name(slice.Where)}: {Numbers.Rate(slice.Fpr)} of {Numbers.Count(slice.N)} safe contents of the testing half flagged, {(slice.Lift is { } lift ? Numbers.Times(lift) + " as often as elsewhere" : "none elsewhere")}.",
            ByLabels: true)),
        .. flags.Where(Rose).Select(change => new SuspectedSlice(
            change.Where,
            $"{SliceRows.Name(change.Where)}: {Numbers.Rate(change.FlagRate)} of it is flagged, before {Numbers.Rate(change.ReferenceFlagRate)}.",
            ByLabels: false)),
    ];

    /// <summary>Whether each row lies in it.</summary>
    public bool[] Rows(Evidence evidence) => held ??= RowsOf(evidence);

    private bool[] RowsOf(Evidence evidence)
    {
        var matcher = new SliceMatcher(evidence.Table, evidence.SliceColumns, Where);
        var rows = new bool[evidence.Table.Count];
        for (int row = 0; row < rows.Length; row++)
        {
            rows[row] = matcher.Holds(row);
        }

        return rows;
    }

    // A flood is no kind of content that was always there. What the reference had none of has no rate there.
    private static bool Rose(FlagRateChange change) =>
        change is { Q: not null, DifferenceInterval: null } || change is { Q: not null, DifferenceInterval.Low: > 0, FlagRate: Statistics.Intervals.Rate.Known now, ReferenceFlagRate: Statistics.Intervals.Rate.Known before }
        && now.Estimate >= LeastFlagRise * before.Estimate;
}
