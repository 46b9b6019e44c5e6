using Moderato.Decisions;
using Moderato.Statistics.Sampling;

namespace Moderato.Tests.Tuning;

/// <summary>A log of scored contents whose truth is known: violating with probability score², so that the scores rank and mislead.</summary>
internal static class ScoredLog
{
    public static Cuts Threshold { get; } = new(null, .5);

    /// <param name="labelled">Probability with which a row is labelled, by its verdict.</param>
    /// <param name="digits">Decimals of the scores.</param>
    public static DecisionTable Of(
        int count, Cuts cuts, Func<Verdict, double> labelled, LabelDesign? design = null, ulong seed = 1, int digits = 4, bool timed = true)
    {
        var random = new SplitMix64(seed);
        var scores = new double[count];
        var verdicts = new Verdict[count];
        var labels = new sbyte[count];
        var times = new long[count];
        var probabilities = new double[count];
        for (int i = 0; i < count; i++)
        {
            scores[i] = Math.Round(random.NextDouble(), digits);
            verdicts[i] = cuts.Decide(scores[i]);
            bool violating = random.NextDouble() < scores[i] * scores[i];
            bool isLabelled = random.NextDouble() < labelled(verdicts[i]);
            labels[i] = (sbyte)(isLabelled ? violating ? 1 : 0 : -1);
            probabilities[i] = isLabelled ? labelled(verdicts[i]) : double.NaN;
            times[i] = new DateTime(2026, 3, 1, 0, 0, 0, DateTimeKind.Utc).AddDays(i % 10).Ticks;
        }

        return new DecisionTable
        {
            Category = "hate",
            Ids = PackedStrings.From(Enumerable.Range(0, count).Select(i => $"c{i}")),
            Verdicts = verdicts,
            Cuts = cuts,
            Scores = scores,
            Labels = labels,
            Design = design ?? new LabelDesign.Known(probabilities),
            Times = timed ? times : null,
        };
    }

    public static DecisionTable AllLabelled(int count, Cuts cuts, ulong seed = 1, int digits = 4) =>
        Of(count, cuts, _ => 1, new LabelDesign.Random(), seed, digits);
}
