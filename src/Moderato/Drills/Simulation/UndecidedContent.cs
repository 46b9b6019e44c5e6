using Moderato.Decisions;

namespace Moderato.Drills.Simulation;

/// <summary>Plants content that the policy does not decide: mock insults among friends, which the classifier takes for violating and reviewers split on.</summary>
internal static class UndecidedContent
{
    private static readonly PlantedSlice Banter = new(PlantedSlice.Register, Register.Banter);

    public static Planted Plant(IncidentStage stage)
    {
        bool wave = stage.Plan.Trigger == IncidentCatalog.Event;
        var mix = stage.Mix;
        Mark(stage, stage.Add(stage.Traffic.Usual(Period.Reference, mix)), decided: !wave);
        stage.Settle(stage.Plan.ReferenceFpr);
        Mark(stage, stage.Add(stage.Traffic.Usual(Period.Current, mix)), decided: !wave);

        int more = Needed(stage);
        if (wave)
        {
            Mark(stage, stage.Add(stage.Traffic.Added(more, mix.Only(Banter), TrafficShape.Burst, newcomers: false)), decided: false);
            return new("A wave of mock insults among friends, on which reviewers split: the policy does not decide it.", Banter);
        }

        // The content was always there; what changed is that reviewers no longer agree on it.
        int before = (int)(more * (double)stage.Plan.ReferenceRows / stage.Plan.CurrentRows);
        Mark(stage, stage.Add(stage.Traffic.Usual(Period.Reference, mix.Only(Banter), before)), decided: true);
        Mark(stage, stage.Add(stage.Traffic.Usual(Period.Current, mix.Only(Banter), (int)(more / (1 - stage.Plan.Onset)))), decided: true);
        return new("Policy p2 dropped the clause on mock insults among friends: reviewers split on what p1 called violating.", Banter);
    }

    /// <summary>How many contested contents lift the FPR to the asked rate, f of them flagged and q safe by vote: (FP + x q f) / (safe + x q) = target.</summary>
    private static int Needed(IncidentStage stage)
    {
        var plan = stage.Plan;
        var taken = stage.Rows.Where(row => row.Period == Period.Reference && IsBanter(row)).ToList();
        double flagged = IncidentStage.ShareOf(taken, stage.Flagged);
        if (flagged <= plan.CurrentFpr * 1.15)
        {
            throw stage.Infeasible($"with {flagged:0.000} of the contested content flagged");
        }

        double against = plan.Reviewers.ContestedViolating;
        double votedSafe = (1 - against) * (1 - against) * (1 + (2 * against));
        var safe = stage.Safe(Period.Current);
        double missing = safe.Count * (plan.CurrentFpr - IncidentStage.ShareOf(safe, stage.Flagged));
        return (int)Math.Round(Math.Max(0, missing / (votedSafe * (flagged - plan.CurrentFpr))));
    }

    /// <param name="decided">The policy called this content violating until the incident began.</param>
    private static void Mark(IncidentStage stage, IEnumerable<SimulatedRow> written, bool decided)
    {
        var banter = written.Where(IsBanter).ToList();
        foreach (var row in banter)
        {
            bool clear = decided && !stage.IsAfter(row);
            row.Split = clear ? default : stage.Plan.Reviewers.SplitVotes(stage.Random);
            row.Violating = clear || row.Split.Violating * 2 > row.Split.All;
            row.Planted |= decided && row.Contested;
        }

        stage.MistakeShare(banter, stage.IsReal ? 0 : 1);
    }

    private static bool IsBanter(SimulatedRow row) => row.Harm is null && row.Cell.IsIn(Banter);
}
