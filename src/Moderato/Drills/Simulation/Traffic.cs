using System.Text;
using Moderato.Decisions;

namespace Moderato.Drills.Simulation;

/// <summary>Writes contents: who, when, where, what, and whether it violates. Knows nothing of scores and incidents.</summary>
internal sealed class Traffic
{
    private const int ContentsPerAuthor = 5;
    private const int ChainOriginals = 8;

    private readonly IncidentPlan plan;
    private readonly SeededRandom random;
    private readonly StringBuilder text = new();
    private readonly Dictionary<(string Language, bool New), AuthorPool> pools = [];
    private readonly string[] chains = new string[ChainOriginals];
    private readonly double prevalence;
    private readonly Harm[] harms;
    private readonly double[] harmWeights;
    private readonly Harm[] background;
    private int authors;

    public Traffic(IncidentPlan plan)
    {
        this.plan = plan;
        random = new SeededRandom(plan, "traffic");
        prevalence = plan.Prevalence ?? throw new ArgumentException("The plan is complete here.", nameof(plan));
        harms = [.. Harm.All.Where(harm => harm.Violates(plan.Category))];
        harmWeights = new double[harms.Length];
        for (int at = 0; at < harms.Length; at++)
        {
            harmWeights[at] = harms[at].Weight + (at > 0 ? harmWeights[at - 1] : 0);
        }

        background = [.. Harm.All.Where(harm => !harm.Violates(plan.Category))];
        for (int at = 0; at < ChainOriginals; at++)
        {
            Grammars.Of("en").Write(Register.Chain, random, text);
            chains[at] = text.ToString();
        }
    }

    public long Start => plan.Start.UtcTicks;

    public long CurrentStart => plan.Start.AddDays(plan.ReferenceDays).UtcTicks;

    public long End => plan.Start.AddDays(plan.ReferenceDays + plan.CurrentDays).UtcTicks;

    /// <summary>When the incident begins, on the hour.</summary>
    public long Since => CurrentStart + ((long)(plan.Onset * (End - CurrentStart)) / TimeSpan.TicksPerHour * TimeSpan.TicksPerHour);

    /// <param name="count">Null for as many as the plan says.</param>
    public IEnumerable<SimulatedRow> Usual(Period period, TrafficMix mix, int? count = null)
    {
        bool reference = period == Period.Reference;
        for (int left = count ?? (reference ? plan.ReferenceRows : plan.CurrentRows); left > 0; left--)
        {
            long time = reference
                ? TrafficClock.Draw(Start, CurrentStart, TrafficShape.Steady, random)
                : TrafficClock.Draw(CurrentStart, End, TrafficShape.Steady, random);
            yield return Write(mix.Draw(random), period, time, newcomers: false, random.Chance(prevalence));
        }
    }

    /// <summary>Contents that the incident adds from its beginning on.</summary>
    /// <param name="violating">Share of them that violate; null for the ordinary prevalence.</param>
    public IEnumerable<SimulatedRow> Added(int count, TrafficMix mix, TrafficShape shape, bool newcomers, double? violating = null)
    {
        for (int left = count; left > 0; left--)
        {
            var row = Write(mix.Draw(random), Period.Current, TrafficClock.Draw(Since, End, shape, random), newcomers, random.Chance(violating ?? prevalence));
            row.Planted = true;
            yield return row;
        }
    }

    /// <summary>Copies of one text by many hands.</summary>
    public IEnumerable<SimulatedRow> Copies(int count, SimulatedRow original)
    {
        for (int left = count; left > 0; left--)
        {
            long time = TrafficClock.Draw(Since, End, TrafficShape.Wave, random);
            yield return new SimulatedRow
            {
                Text = TextStyle.Copy(original.Text, random),
                Cell = original.Cell,
                Author = Pool(original.Cell.Language, newcomers: true).Draw(time, random),
                Time = time,
                Period = Period.Current,
                Harm = original.Harm,
                Heat = original.Heat,
                Planted = true,
            };
        }
    }

    public SimulatedRow Write(TrafficMix.Cell cell, Period period, long time, bool newcomers, bool violating)
    {
        Harm? harm = violating ? harms[random.Weighted(harmWeights)] : Background();
        var grammar = Grammars.Of(cell.Language);
        int heat = 0;
        string written;
        if (harm is null && cell.Register.Name == Register.Chain)
        {
            written = TextStyle.Copy(chains[random.Below(chains.Length)], random);
        }
        else
        {
            heat = grammar.Write(harm?.Section ?? cell.Register.Name, random, text);
            written = TextStyle.Finish(text, harm is not null || cell.Register.Casual, random);
        }

        return new SimulatedRow
        {
            Text = written,
            Cell = cell,
            Author = Pool(cell.Language, newcomers).Draw(time, random),
            Time = time,
            Period = period,
            Harm = harm,
            Heat = heat,
            Violating = violating,
        };
    }

    private Harm? Background()
    {
        double draw = random.Uniform();
        foreach (var harm in background)
        {
            if ((draw -= harm.Background) < 0)
            {
                return harm;
            }
        }

        return null;
    }

    private AuthorPool Pool(string language, bool newcomers)
    {
        if (!pools.TryGetValue((language, newcomers), out var pool))
        {
            double share = Grammars.Usual.FirstOrDefault(usual => usual.Language == language).Share;
            int size = Math.Max(60, (int)((plan.ReferenceRows + plan.CurrentRows) * Math.Max(share, .05) / ContentsPerAuthor));
            pool = new AuthorPool(authors, size, Start, End, random, newcomers ? Since - (3 * TimeSpan.TicksPerDay) : null);
            authors += pool.Size;
            pools.Add((language, newcomers), pool);
        }

        return pool;
    }
}
