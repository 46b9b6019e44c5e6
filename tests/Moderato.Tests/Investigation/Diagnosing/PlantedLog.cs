using Moderato.Decisions;
using Moderato.Investigation;
using Moderato.Statistics.Curves;

namespace Moderato.Tests.Investigation.Diagnosing;

/// <summary>A small log without text whose cause of false positives is known, for tests of the judgement alone.</summary>
internal sealed class PlantedLog
{
    private readonly Random random;
    private readonly List<Row> rows = [];

    private PlantedLog(int seed) => random = new Random(seed);

    internal sealed record Row(Period Period, string Surface, string Language, string Release, bool Violating, double Score, double BlockFrom)
    {
        public bool Label { get; set; }

        public bool Second { get; set; }

        public Votes Votes { get; set; }

        public bool Labelled { get; set; }

        public bool Flagged => Score >= BlockFrom;
    }

    /// <summary>How a row of a period comes about.</summary>
    internal sealed record Traffic(
        Func<Random, string> Surface, Func<string, string, double> LogitShift, double Prevalence = 0.03, double BlockFrom = 0.5, string Release = "r1");

    public static Traffic Usual => new(
        r => r.NextDouble() switch { < 0.5 => "comment", < 0.8 => "chat", _ => "profile" },
        (_, _) => 0);

    public static PlantedLog Of(int seed, int perPeriod, Traffic reference, Traffic current)
    {
        var log = new PlantedLog(seed);
        log.Add(Period.Reference, perPeriod, reference);
        log.Add(Period.Current, perPeriod, current);
        return log;
    }

    public PlantedLog Each(Action<Row, Random> change)
    {
        rows.ForEach(row => change(row, random));
        return this;
    }

    /// <param name="labelled">Share of rows with a label, at random.</param>
    public Evidence Evidence(double labelled = 1, bool second = false, bool votes = false)
    {
        rows.ForEach(row => row.Labelled = random.NextDouble() < labelled);
        var surface = new CodedColumn.Builder("surface");
        var language = new CodedColumn.Builder("language");
        var release = new CodedColumn.Builder("release");
        foreach (var row in rows)
        {
            surface.Add(row.Surface);
            language.Add(row.Language);
            release.Add(row.Release);
        }

        var columns = new[] { surface.Build(), language.Build(), release.Build() };
        var table = new DecisionTable
        {
            Category = "toxicity",
            Ids = PackedStrings.From(Enumerable.Range(0, rows.Count).Select(i => $"c{i}")),
            Verdicts = [.. rows.Select(row => row.Flagged ? Verdict.Violating : Verdict.Safe)],
            Scores = [.. rows.Select(row => row.Score)],
            Labels = [.. rows.Select(row => row.Labelled ? (sbyte)(row.Label ? 1 : 0) : (sbyte)-1)],
            SecondLabels = second ? [.. rows.Select(row => row.Labelled ? (sbyte)(row.Second ? 1 : 0) : (sbyte)-1)] : null,
            Votes = votes ? [.. rows.Select(row => row.Labelled ? row.Votes : default)] : null,
            Design = new LabelDesign.Random(),
            Periods = [.. rows.Select(row => row.Period)],
            Columns = columns,
        };
        return Moderato.Investigation.Evidence.Of(table, [.. Enumerable.Range(0, rows.Count)], rows.Count, columns);
    }

    private void Add(Period period, int count, Traffic traffic)
    {
        for (int i = 0; i < count; i++)
        {
            string surface = traffic.Surface(random);
            string language = random.NextDouble() < 0.2 ? "es" : "en";
            bool violating = random.NextDouble() < traffic.Prevalence;
            double logit = (violating ? 1.8 : -3.1) + (1.5 * Gaussian()) + traffic.LogitShift(surface, language);
            double score = ScoreBin.Cut((int)Math.Round(10_000 / (1 + Math.Exp(-logit))));
            rows.Add(new(period, surface, language, traffic.Release, violating, score, traffic.BlockFrom)
            {
                Label = violating,
                Second = violating,
                Votes = violating ? new(3, 3) : new(0, 3),
            });
        }
    }

    private double Gaussian() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
