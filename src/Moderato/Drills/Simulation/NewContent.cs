using Moderato.Decisions;

namespace Moderato.Drills.Simulation;

/// <summary>Plants content that the reference did not have: an event, a flood of copies, a platform, a language.</summary>
internal static class NewContent
{
    /// <summary>FPR in the new content when the classifier is a simulated one.</summary>
    private const double MistakenShare = .55;

    public static Planted Plant(IncidentStage stage)
    {
        stage.Add(stage.Traffic.Usual(Period.Reference, stage.Mix));
        stage.Settle(stage.Plan.ReferenceFpr);
        stage.Add(stage.Traffic.Usual(Period.Current, stage.Mix));
        switch (stage.Plan.Trigger)
        {
            case IncidentCatalog.Flood:
                return Flood(stage);
            case IncidentCatalog.Platform:
                Bring(stage, TrafficMix.Platform(stage.Plan.Languages!), TrafficShape.Steady);
                return new("Live streams opened: their chat, full of violent words meant as play, was not there before.", new(PlantedSlice.Surface, "stream-chat"));
            case IncidentCatalog.Unknown:
                var language = Grammars.New[new SeededRandom(stage.Plan.Seed, "language").Below(Grammars.New.Count)];
                Bring(stage, TrafficMix.NewLanguage(language), TrafficShape.Steady);
                return new($"A market opened: contents in {language} were not there before.", new(PlantedSlice.Language, language));
            default:
                var happened = IncidentPlanting.EventOf(stage.Plan);
                Bring(stage, TrafficMix.In(stage.Plan.Languages!, [Register.Of(happened)]), TrafficShape.Burst);
                return new($"People talk about something that happened ({happened[6..]}), in words that sound violent.", new(PlantedSlice.Register, happened));
        }
    }

    private static void Bring(IncidentStage stage, TrafficMix mix, TrafficShape shape)
    {
        double inside = MistakenShare;
        if (stage.IsReal)
        {
            inside = IncidentStage.ShareOf(stage.Rate(stage.Traffic.Added(2_000, mix, shape, newcomers: true, violating: 0)), stage.Flagged);
        }

        var added = stage.Add(stage.Traffic.Added((int)Math.Round(Needed(stage, inside) / (1 - stage.Plan.Prevalence!.Value)), mix, shape, newcomers: true));
        if (!stage.IsReal)
        {
            stage.Mistake(added.Where(row => !row.Violating), Period.Current, stage.Plan.CurrentFpr);
        }
    }

    private static Planted Flood(IncidentStage stage)
    {
        SimulatedRow original;
        if (stage.IsReal)
        {
            // What spreads is a joke that the classifier dislikes: the most disliked safe text of a day's traffic.
            original = stage.Rate(stage.Traffic.Added(2_000, stage.Mix, TrafficShape.Wave, newcomers: true, violating: 0)).MaxBy(row => row.Latent)!;
        }
        else
        {
            original = stage.Rate(stage.Traffic.Added(50, TrafficMix.In(stage.Plan.Languages!, [Register.Of("flood")]), TrafficShape.Wave, newcomers: true, violating: 0)).First(row => row.Harm is null);
            original.Latent = ScoreModel.Logit(stage.Cuts.BlockFrom!.Value) + 1.3;
        }

        var copies = stage.Add(stage.Traffic.Copies((int)Math.Round(Needed(stage, .99)), original));
        if (!stage.IsReal)
        {
            copies.ForEach(row => row.Latent = original.Latent + (.15 * stage.Random.Normal()));
        }

        return new($"One text is passed on {copies.Count} times with small edits: a joke in violent words.");
    }

    /// <summary>How many safe contents with the given FPR lift the current period to the asked rate: (FP + x f) / (safe + x) = target.</summary>
    private static double Needed(IncidentStage stage, double inside)
    {
        double target = stage.Plan.CurrentFpr;
        if (inside <= target * 1.15)
        {
            throw stage.Infeasible($"with an FPR of {inside:0.000} in the new content");
        }

        var safe = stage.Safe(Period.Current);
        return safe.Count * (target - IncidentStage.ShareOf(safe, stage.Flagged)) / (inside - target);
    }
}
