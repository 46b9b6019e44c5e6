using Moderato.Decisions;

namespace Moderato.Benchmarks.RealIncidents;

/// <summary>Draws traffic from the pools, scores it, cuts it, dates it.</summary>
internal sealed class RealStage
{
    private static readonly double[] Lumps = [0, .02, .05, .1, .15, .2, .25, .3, .4, .5, .6, .7, .75, .8, .85, .9, .95, .98];
    private readonly ContentPools pools;
    private readonly Dictionary<(string, bool), Queue<RealContent>> left = [];
    private readonly bool lumpy;
    private readonly bool repeats;

    public RealStage(ContentPools pools, int seed, bool onlyRecorded)
    {
        this.pools = pools;
        Random = new Random(seed);
        Source = onlyRecorded ? ContentScores.Perspective : Random.Next(2);
        lumpy = Random.NextDouble() < .35;
        repeats = Random.NextDouble() < .25;
        Prevalence = ((double[])[.002, .005, .01, .02, .03, .05, .08, .1])[Random.Next(8)];
        ReferenceRows = ((int[])[4_000, 8_000, 12_000])[Random.Next(3)];
        CurrentRows = ((int[])[3_000, 6_000, 10_000])[Random.Next(3)];
    }

    public Random Random { get; }

    public int Source { get; }

    public double Prevalence { get; set; }

    public int ReferenceRows { get; }

    public int CurrentRows { get; }

    public List<RealRow> Rows { get; } = [];

    public double Cut { get; private set; }

    public string Describe => $"{ContentScores.Sources[Source]}{(lumpy ? " lumpy" : "")} prevalence {Prevalence:0.0%} rows {ReferenceRows}/{CurrentRows}";

    /// <summary>Contents of kinds in proportion, violating ones at the prevalence where the kind has any.</summary>
    public List<RealRow> Draw(IReadOnlyDictionary<string, double> mix, int count, bool current, double? prevalence = null)
    {
        double all = mix.Values.Sum();
        var drawn = new List<RealRow>(count);
        foreach (var (kind, weight) in mix)
        {
            for (int i = 0, n = (int)Math.Round(count * weight / all); i < n; i++)
            {
                bool violating = Random.NextDouble() < (prevalence ?? Prevalence) && pools.Of(kind, true).Length > 0;
                var content = Next(kind, violating);
                drawn.Add(new(content, current) { Logit = ContentScores.Logit(content.Scores[Source]) + (lumpy ? .35 * Normal() : 0) });
            }
        }

        Rows.AddRange(drawn);
        return drawn;
    }

    public RealContent[] Pool(string kind) => pools.Of(kind, false);

    /// <summary>The cut at which a share of the safe contents is flagged.</summary>
    public void SetCut(double fpr, IEnumerable<RealRow>? among = null)
    {
        var scores = (among ?? Rows).Where(row => !row.Violating && !row.Current).Select(row => Displayed(row.Logit)).OrderDescending().ToArray();
        double at = scores[Math.Min(scores.Length - 1, (int)(fpr * scores.Length))];
        Cut = lumpy ? Math.Max(.05, Lumps.MinBy(lump => Math.Abs(lump - at))) : Math.Max(.02, Math.Round(at, 2));
    }

    public double Displayed(double logit)
    {
        double score = ContentScores.Sigmoid(logit);
        return lumpy ? Lumps.Where(lump => lump <= score + 1e-9).Max() : Math.Round(score, 4);
    }

    public void Decide(double currentCut, double? reviewFrom)
    {
        foreach (var row in Rows)
        {
            row.Score = Displayed(row.Logit);
            row.Verdict = row.Score >= (row.Current ? currentCut : Cut) ? Verdict.Violating : row.Score >= reviewFrom ? Verdict.Borderline : Verdict.Safe;
        }
    }

    public double Fpr(IEnumerable<RealRow> among)
    {
        var safe = among.Where(row => !row.Violating).ToList();
        return safe.Count == 0 ? 0 : safe.Count(row => Displayed(row.Logit) >= Cut) / (double)safe.Count;
    }

    public List<RealRow> Of(bool current) => Rows.Where(row => row.Current == current).ToList();

    public double Normal() => Math.Sqrt(-2 * Math.Log(1 - Random.NextDouble())) * Math.Cos(2 * Math.PI * Random.NextDouble());

    private RealContent Next(string kind, bool violating)
    {
        var pool = pools.Of(kind, violating);
        if (repeats)
        {
            var content = pool[Random.Next(pool.Length)];
            return double.IsNaN(content.Scores[Source]) ? Next(kind, violating) : content;
        }

        if (!left.TryGetValue((kind, violating), out var queue) || queue.Count == 0)
        {
            var shuffled = pool.ToArray();
            Random.Shuffle(shuffled);
            left[(kind, violating)] = queue = new(Source == ContentScores.Perspective ? shuffled.Where(content => content.Perspective is not null) : shuffled);
        }

        return queue.Dequeue();
    }
}
