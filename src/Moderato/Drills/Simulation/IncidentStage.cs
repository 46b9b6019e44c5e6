using Moderato.Decisions;

namespace Moderato.Drills.Simulation;

/// <summary>The traffic and its scores while an incident is being planted: what the causes have in common.</summary>
internal sealed class IncidentStage
{
    /// <summary>An incident that takes more than this many times the ordinary traffic is not one that anybody would believe.</summary>
    private const int MostAdded = 4;
    private const int BatchSize = 500;

    private readonly List<SimulatedRow> rows = [];
    private readonly SeededRandom random;
    private readonly ScoreModel model;
    private double offset;

    public IncidentStage(IncidentPlan plan, TextScore? classifier)
    {
        Plan = plan;
        Traffic = new Traffic(plan);
        model = new ScoreModel(plan, classifier);
        random = new SeededRandom(plan, "incident");
        Mix = TrafficMix.Usual(plan.Languages!);
        Cuts = CutsAfter = plan.Cuts;
    }

    public IncidentPlan Plan { get; }

    public Traffic Traffic { get; }

    /// <summary>Ordinary traffic.</summary>
    public TrafficMix Mix { get; }

    public IReadOnlyList<SimulatedRow> Rows => rows;

    /// <summary>The cuts in force until the incident begins, and after.</summary>
    public Cuts Cuts { get; private set; }

    public Cuts CutsAfter { get; private set; }

    public bool IsReal => model.IsReal;

    public SeededRandom Random => random;

    private double Cut => Cuts.BlockFrom!.Value;

    public bool Flagged(SimulatedRow row) =>
        row.Latent >= ScoreModel.Logit((IsAfter(row) ? CutsAfter : Cuts).BlockFrom!.Value);

    public double Score(SimulatedRow row) => model.Score(row.Latent, Cut);

    public Verdict Decide(SimulatedRow row) => (IsAfter(row) ? CutsAfter : Cuts).Decide(Score(row));

    /// <summary>Whether a row was decided after the incident began.</summary>
    public bool IsAfter(SimulatedRow row) => row.Period == Period.Current && row.Time >= Traffic.Since;

    public List<SimulatedRow> Add(IEnumerable<SimulatedRow> written)
    {
        var added = Rate(written);
        rows.AddRange(added);
        return added;
    }

    /// <summary>Scored as <see cref="Add"/> does it, but not in the log.</summary>
    public List<SimulatedRow> Rate(IEnumerable<SimulatedRow> written)
    {
        var rated = written.ToList();
        foreach (var row in rated)
        {
            row.Latent = offset + model.Latent(row);
        }

        return rated;
    }

    /// <summary>Adds to the current period, batch by batch, until its FPR is the asked one.</summary>
    /// <param name="batch">Writes as many contents as it is given.</param>
    public List<SimulatedRow> AddUntil(double fpr, Func<int, List<SimulatedRow>> batch)
    {
        var safe = Safe(Period.Current);
        long count = safe.Count, falsePositives = safe.Count(Flagged);
        var added = new List<SimulatedRow>();
        while (falsePositives < fpr * count)
        {
            if (added.Count > MostAdded * Plan.CurrentRows)
            {
                throw Infeasible($"however much of the content is added; {added.Count(row => !row.Violating && Flagged(row)) / (double)added.Count(row => !row.Violating):0.000} of it is flagged");
            }

            foreach (var row in batch(BatchSize))
            {
                added.Add(row);
                count += row.Violating ? 0 : 1;
                falsePositives += !row.Violating && Flagged(row) ? 1 : 0;
                if (falsePositives >= fpr * count)
                {
                    break;
                }
            }
        }

        rows.AddRange(added);
        return added;
    }

    /// <summary>
    /// Makes the FPR of the reference what was asked for: a simulated classifier is moved to fit its cut;
    /// over a real one the cut is set where a person would have set it.
    /// </summary>
    public void Settle(double fpr, Func<SimulatedRow, bool>? among = null)
    {
        var safe = rows.Where(row => row.Period == Period.Reference && !row.Violating && (among is null || among(row))).ToList();
        double latent = HighestFlaggedNumber(safe, (int)Math.Round(fpr * safe.Count));
        if (IsReal)
        {
            Cuts = CutsAfter = Cuts with { BlockFrom = model.HandSet(ScoreModel.Sigmoid(latent)) };
            return;
        }

        offset += Shift(ScoreModel.Logit(Cut) - latent, rows);
    }

    /// <summary>Lowers the cut from the incident's beginning on, until the FPR of the current period is the asked one.</summary>
    public void LowerCut(double fpr)
    {
        var safe = Safe(Period.Current);
        var after = safe.Where(IsAfter).ToList();
        int wanted = (int)Math.Round(fpr * safe.Count) - safe.Count(row => !IsAfter(row) && Flagged(row));
        double block = model.HandSet(ScoreModel.Sigmoid(HighestFlaggedNumber(after, wanted)));
        CutsAfter = new(Cuts.ReviewFrom is { } review && review < block ? review : Cuts.ReviewFrom is null ? null : block, block);
    }

    /// <summary>Moves the scores of the given rows up until the FPR of the current period is the asked one.</summary>
    public void Inflate(IReadOnlyList<SimulatedRow> affected, double fpr, double stretch)
    {
        foreach (var row in affected)
        {
            row.Latent *= stretch;
        }

        var safe = Safe(Period.Current);
        var inside = affected.Where(row => !row.Violating).ToList();
        var members = inside.ToHashSet();
        int wanted = (int)Math.Round(fpr * safe.Count) - safe.Count(row => !members.Contains(row) && Flagged(row));
        Shift(ScoreModel.Logit(Cut) - HighestFlaggedNumber(inside, wanted), affected);
    }

    /// <summary>
    /// The classifier takes safe contents for violating ones: they get scores as violating contents have them,
    /// those that sound violent first, until the FPR of the period is the asked one.
    /// </summary>
    public void Mistake(IEnumerable<SimulatedRow> eligible, Period period, double fpr)
    {
        var safe = Safe(period);
        int missing = (int)Math.Round(fpr * safe.Count) - safe.Count(Flagged);
        var believed = Believed();
        foreach (var row in ByHeat(eligible))
        {
            if (missing <= 0)
            {
                return;
            }

            bool before = Flagged(row);
            row.Latent = Math.Max(row.Latent, believed[random.Below(believed.Length)]);
            missing -= !row.Violating && !before && Flagged(row) ? 1 : 0;
        }

        if (missing > 0)
        {
            throw Infeasible("even with all of its contents taken for violating ones");
        }
    }

    /// <summary>The same for a fixed share of the rows, whatever comes of it.</summary>
    public void MistakeShare(IEnumerable<SimulatedRow> eligible, double share)
    {
        var believed = Believed();
        foreach (var row in eligible)
        {
            if (random.Chance(share))
            {
                row.Latent = believed[random.Below(believed.Length)];
            }
        }
    }

    public List<SimulatedRow> Safe(Period period) => rows.Where(row => row.Period == period && !row.Violating).ToList();

    public static double ShareOf(IReadOnlyCollection<SimulatedRow> among, Func<SimulatedRow, bool> which) =>
        among.Count == 0 ? 0 : among.Count(which) / (double)among.Count;

    public ArgumentException Infeasible(string why) =>
        new($"This incident cannot be planted. A current FPR of {Plan.CurrentFpr} is out of reach of {Plan.Cause} ({Plan.Trigger}), {why}: ask for a lower one.");

    private double[] Believed() => [.. rows.Where(row => row.Period == Period.Reference && row.Violating && row.Harm is not null).Select(row => row.Latent)];

    private IEnumerable<SimulatedRow> ByHeat(IEnumerable<SimulatedRow> eligible) => eligible
        .Select(row => (Key: Math.Pow(random.Uniform(), 1 / (1.0 + (2 * Math.Min(row.Heat, 3)))), Row: row))
        .OrderByDescending(keyed => keyed.Key).Select(keyed => keyed.Row);

    private double HighestFlaggedNumber(List<SimulatedRow> safe, int number)
    {
        if (number < 1 || number > safe.Count)
        {
            throw Infeasible($"it would take {number} of {safe.Count} safe contents");
        }

        return safe.Select(row => row.Latent).OrderDescending().ElementAt(number - 1);
    }

    private static double Shift(double by, IEnumerable<SimulatedRow> affected)
    {
        // A hair more, so that the row at the cut is flagged whatever the rounding.
        by += 1e-9;
        foreach (var row in affected)
        {
            row.Latent += by;
        }

        return by;
    }
}
