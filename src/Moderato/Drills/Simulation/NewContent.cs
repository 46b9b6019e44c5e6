using Moderato.Decisions;

namespace Moderato.Drills.Simulation;

/// <summary>Plants content that the reference did not have: an event, a flood of copies, a platform, a language.</summary>
internal static class NewContent
{
    /// <summary>FPR in the new content when the classifier is a simulated one.</summary>
    private const double MistakenShare = .55;

    private static readonly string[] Events = ["event/bridge", "event/match", "event/outbreak", "event/remark"];

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
                var happened = Event(stage);
                Bring(stage, TrafficMix.In(stage.Plan.Languages!, [Register.Of(happened)]), TrafficShape.Burst);
                return new($"People talk about something that happened ({happened[6..]}), in words that sound violent.", new(PlantedSlice.Register, happened));
        }
    }

    private static string Event(IncidentStage stage)
    {
        // A real classifier minds some events and not others; a simulated one minds what it is told to.
        return stage.IsReal ? Events.MaxBy(FlaggedShare)! : Events[new SeededRandom(stage.Plan.Seed, "event").Below(Events.Length)];

        double FlaggedShare(string happened)
        {
            var mix = TrafficMix.In(stage.Plan.Languages!, [Register.Of(happened)]);
            return IncidentStage.ShareOf(stage.Rate(stage.Traffic.Added(500, mix, TrafficShape.Burst, newcomers: true, violating: 0)), stage.Flagged);
        }
    }

    private static void Bring(IncidentStage stage, TrafficMix mix, TrafficShape shape)
    {
        if (stage.IsReal)
        {
            stage.AddUntil(stage.Plan.CurrentFpr, count => stage.Rate(stage.Traffic.Added(count, mix, shape, newcomers: true)));
            return;
        }

        // As many as are needed with this share of them mistaken: (FP + x f) / (safe + x) = target.
        double target = stage.Plan.CurrentFpr;
        if (target >= MistakenShare)
        {
            throw stage.Infeasible($"of which the classifier mistakes {MistakenShare}");
        }

        var safe = stage.Safe(Period.Current);
        double needed = safe.Count * (target - IncidentStage.ShareOf(safe, stage.Flagged)) / (MistakenShare - target);
        var added = stage.Add(stage.Traffic.Added((int)Math.Round(needed / (1 - stage.Plan.Prevalence!.Value)), mix, shape, newcomers: true));
        stage.Mistake(added.Where(row => !row.Violating), Period.Current, target);
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
            var floods = TrafficMix.In(stage.Plan.Languages!, [Register.Of("flood")]);
            original = stage.Rate(stage.Traffic.Added(50, floods, TrafficShape.Wave, newcomers: true, violating: 0)).First(row => row.Harm is null);
            original.Latent = ScoreModel.Logit(stage.Cuts.BlockFrom!.Value) + 1.3;
        }

        var copies = stage.AddUntil(stage.Plan.CurrentFpr, count =>
        {
            var more = stage.Rate(stage.Traffic.Copies(count, original));
            if (!stage.IsReal)
            {
                more.ForEach(row => row.Latent = original.Latent + (.15 * stage.Random.Normal()));
            }

            return more;
        });
        return new($"One text is passed on {copies.Count} times with small edits: a joke in violent words.");
    }
}
