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

        var only = mix.Only(Banter);
        if (wave)
        {
            stage.AddUntil(stage.Plan.CurrentFpr, count =>
                Mark(stage, stage.Rate(stage.Traffic.Added(count, only, TrafficShape.Burst, newcomers: false)), decided: false));
            return new("A wave of mock insults among friends, on which reviewers split: the policy does not decide it.", Banter);
        }

        // The content was always there; what changed is that reviewers no longer agree on it.
        var more = stage.AddUntil(stage.Plan.CurrentFpr, count =>
            Mark(stage, stage.Rate(stage.Traffic.Usual(Period.Current, only, count)), decided: true));
        int before = (int)(more.Count * (double)stage.Plan.ReferenceRows / stage.Plan.CurrentRows);
        Mark(stage, stage.Add(stage.Traffic.Usual(Period.Reference, only, before)), decided: true);
        return new("Policy p2 dropped the clause on mock insults among friends: reviewers split on what p1 called violating.", Banter);
    }

    /// <param name="decided">The policy called this content violating until the incident began.</param>
    private static List<SimulatedRow> Mark(IncidentStage stage, List<SimulatedRow> written, bool decided)
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
        return written;
    }

    private static bool IsBanter(SimulatedRow row) => row.Harm is null && row.Cell.IsIn(Banter);
}
