using Moderato.Decisions;
using Moderato.Investigation.Findings;

namespace Moderato.Drills.Simulation;

/// <summary>Plants each cause and says what was planted.</summary>
internal static class IncidentPlanting
{
    /// <summary>Share of the traffic that a slice incident is about, and of a kind that a mix shift multiplies.</summary>
    private const double SliceShare = .12;
    private const double MixShare = .05;

    /// <summary>Share of a kind that the classifier always took for violating: an FPR near 30% in it.</summary>
    private const double AlwaysMistaken = .35;

    private static readonly PlantedSlice[] Slices =
    [
        new(PlantedSlice.Language, "es"), new(PlantedSlice.Surface, "game-chat"), new(PlantedSlice.Register, "quotation"),
        new(PlantedSlice.Language, "fr"), new(PlantedSlice.Surface, "review"), new(PlantedSlice.Register, "medical"),
    ];

    public static Planted Plant(IncidentStage stage) => stage.Plan.Cause switch
    {
        Causes.Threshold => Threshold(stage),
        Causes.Calibration => Calibration(stage),
        Causes.MixShift => MixShift(stage),
        Causes.NewContent => NewContent.Plant(stage),
        Causes.Slice => Slice(stage),
        Causes.LabelNoise => LabelNoise(stage),
        Causes.Policy => UndecidedContent.Plant(stage),
        _ => Nothing(stage),
    };

    private static Planted Threshold(IncidentStage stage)
    {
        var plan = stage.Plan;
        bool always = plan.Trigger == IncidentCatalog.Unknown;
        Usual(stage, stage.Mix, always ? plan.CurrentFpr : plan.ReferenceFpr);
        if (always)
        {
            return new("The threshold was set by hand and never fitted the objective; nothing changed.", Objective: plan.ReferenceFpr);
        }

        stage.LowerCut(plan.CurrentFpr);
        MarkAfter(stage);
        return new($"Release r2 lowered block_from from {stage.Cuts.BlockFrom:0.00##} to {stage.CutsAfter.BlockFrom:0.00##}; the scores are the same.");
    }

    private static Planted Calibration(IncidentStage stage)
    {
        Usual(stage, stage.Mix, stage.Plan.ReferenceFpr);
        stage.Inflate(MarkAfter(stage), stage.Plan.CurrentFpr, stretch: 1.15);
        return new(stage.Plan.Trigger switch
        {
            IncidentCatalog.Release => "Release r2 gives higher scores to everything, in the same order.",
            IncidentCatalog.Pipeline => "A scaling step in the pipeline inflates every score, in the same order.",
            _ => "The provider updated the model without a word: every score is higher, in the same order.",
        });
    }

    private static Planted MixShift(IncidentStage stage)
    {
        var plan = stage.Plan;
        var slice = plan.Slice ?? (plan.Trigger == IncidentCatalog.Platform ? new(PlantedSlice.Language, Smaller(plan.Languages!)) : new(PlantedSlice.Surface, "game-chat"));
        var mix = stage.Mix.With(slice, MixShare);
        var reference = stage.Add(stage.Traffic.Usual(Period.Reference, mix));
        double mistaken = stage.IsReal ? 0 : Math.Min(AlwaysMistaken, plan.ReferenceFpr / (2 * MixShare));
        stage.MistakeShare(reference.Where(InSlice), mistaken);
        stage.Settle(plan.ReferenceFpr);
        var current = stage.Add(stage.Traffic.Usual(Period.Current, mix));
        stage.MistakeShare(current.Where(InSlice), mistaken);

        var only = mix.Only(slice);
        var added = stage.AddUntil(plan.CurrentFpr, count =>
        {
            var more = stage.Rate(stage.Traffic.Added(count, only, TrafficShape.Steady, newcomers: false));
            stage.MistakeShare(more.Where(InSlice), mistaken);
            return more;
        });
        return new($"There is {(added.Count + current.Count(row => row.Cell.IsIn(slice))) / (current.Count * MixShare):0.0} times as much content with {slice.By} {slice.Value}, on which the classifier always erred.", slice);

        bool InSlice(SimulatedRow row) => !row.Violating && row.Cell.IsIn(slice);
    }

    private static Planted Slice(IncidentStage stage)
    {
        var plan = stage.Plan;
        var candidates = Slices.Where(stage.Mix.Has).ToArray();
        var slice = plan.Slice ?? candidates[new SeededRandom(plan.Seed, "slice").Below(candidates.Length)];
        bool always = plan.Trigger == IncidentCatalog.Unknown;
        var mix = stage.Mix.With(slice, SliceShare);
        var reference = stage.Add(stage.Traffic.Usual(Period.Reference, mix));
        if (always)
        {
            // Outside of the slice the objective is met with a little to spare.
            stage.Settle(.9 * plan.ReferenceFpr, row => !row.Cell.IsIn(slice));
            stage.Mistake(reference.Where(InSlice), Period.Reference, plan.CurrentFpr);
        }
        else
        {
            stage.Settle(plan.ReferenceFpr);
        }

        var current = stage.Add(stage.Traffic.Usual(Period.Current, mix));
        var affected = current.Where(row => InSlice(row) && stage.IsAfter(row)).ToList();
        stage.Mistake(affected, Period.Current, plan.CurrentFpr);
        affected.ForEach(row => row.Planted = true);
        return always
            ? new($"The classifier takes safe contents with {slice.By} {slice.Value} for violating ones, and always did.", slice, plan.ReferenceFpr)
            : new($"Since {(plan.Trigger == IncidentCatalog.Release ? "release r2" : "the provider's update")} the classifier takes safe contents with {slice.By} {slice.Value} for violating ones.", slice);

        bool InSlice(SimulatedRow row) => !row.Violating && row.Cell.IsIn(slice);
    }

    private static Planted LabelNoise(IncidentStage stage)
    {
        Usual(stage, stage.Mix, stage.Plan.ReferenceFpr);
        var safe = stage.Safe(Period.Current);
        double seenSafe = safe.Count, seenFalse = safe.Count(stage.Flagged);
        var violating = stage.Rows.Where(row => stage.IsAfter(row) && row.Violating).ToArray();
        stage.Random.Shuffle<SimulatedRow>(violating);
        foreach (var row in violating)
        {
            if (seenFalse / seenSafe >= stage.Plan.CurrentFpr)
            {
                return new("The first labels are wrong: a new labelling vendor calls many violating contents safe. The classifier did not change.");
            }

            row.Mislabelled = row.Planted = true;
            seenSafe++;
            seenFalse += stage.Flagged(row) ? 1 : 0;
        }

        throw stage.Infeasible("even with every violating content labelled safe; a higher prevalence has more of them");
    }

    private static Planted Nothing(IncidentStage stage)
    {
        Usual(stage, stage.Mix, stage.Plan.ReferenceFpr);
        if (stage.Plan.Trigger == IncidentCatalog.Unknown)
        {
            return new("Nothing changed.");
        }

        int raid = (int)(2 * stage.Plan.Prevalence!.Value * stage.Plan.CurrentRows);
        stage.Add(stage.Traffic.Added(raid, stage.Mix, TrafficShape.Burst, newcomers: true, violating: 1));
        return new("A raid tripled what truly violates: more is flagged, and rightly so. The false-positive rate did not move.");
    }

    private static string Smaller(IReadOnlyList<string> languages) => languages.Contains("pt") ? "pt" : languages[^1];

    private static void Usual(IncidentStage stage, TrafficMix mix, double fpr)
    {
        stage.Add(stage.Traffic.Usual(Period.Reference, mix));
        stage.Settle(fpr);
        stage.Add(stage.Traffic.Usual(Period.Current, mix));
    }

    private static List<SimulatedRow> MarkAfter(IncidentStage stage)
    {
        var after = stage.Rows.Where(stage.IsAfter).ToList();
        after.ForEach(row => row.Planted = true);
        return after;
    }
}

/// <param name="Statement">One sentence: what was planted.</param>
/// <param name="Slice">The kind of content it is about, where it is about one.</param>
/// <param name="Objective">The objective that is missed, where nothing changed between the periods.</param>
internal sealed record Planted(string Statement, PlantedSlice? Slice = null, double? Objective = null);
