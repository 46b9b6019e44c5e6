using Moderato.Decisions;
using Moderato.Investigation.Findings;
using Moderato.Pictures;

namespace Moderato.Investigation;

/// <summary>
/// Labels that are all of one period or of one part of it: what they say holds for that time, whatever was said of how they were
/// drawn. A random sample of the whole would leave the rest empty less than once in a thousand.
/// </summary>
public static class LabelPeriods
{
    private const double Chance = 1e-3;

    /// <summary>What the labels leave open, with the remedy; empty where they are spread as a random sample is.</summary>
    public static IEnumerable<NotAssessed> Of(Evidence evidence)
    {
        if (!evidence.RatesKnown)
        {
            yield break;
        }

        var (current, reference) = (Labelled(evidence, Period.Current), Labelled(evidence, Period.Reference));
        if (evidence.HasReference && current == 0)
        {
            yield return Gap(
                "rates of the current period",
                $"all {Numbers.Count(reference)} labels are of the reference; label contents of the current period too, 'moderato sample' draws of both");
            yield break;
        }

        if (evidence.HasReference && reference == 0)
        {
            yield return Gap(
                "the reference's own false-positive rate",
                $"all {Numbers.Count(current)} labels are of the current period, and what was flagged before is taken to have been wrong as often; label contents of the reference too, 'moderato sample' draws of both");
        }

        foreach (var period in evidence.HasReference ? (Period[])[Period.Current, Period.Reference] : [Period.Current])
        {
            if (Part(evidence, period) is { } part)
            {
                yield return part;
            }
        }
    }

    private static NotAssessed? Part(Evidence evidence, Period period)
    {
        if (evidence.Table.Times is not { } times)
        {
            return null;
        }

        var seen = new HashSet<int>();
        long first = long.MaxValue, last = 0, labels = 0;
        for (int row = 0; row < times.Length; row++)
        {
            if (evidence.Weights[row] > 0 && times[row] > 0 && Is(evidence, row, period) && seen.Add(evidence.Clusters[row]))
            {
                (first, last, labels) = (Math.Min(first, times[row]), Math.Max(last, times[row]), labels + 1);
            }
        }

        long inside = 0, all = 0;
        for (int row = 0; row < times.Length; row++)
        {
            if (times[row] > 0 && Is(evidence, row, period))
            {
                all++;
                inside += times[row] >= first && times[row] <= last ? 1 : 0;
            }
        }

        // The chance that n random contents span no more than a part p of the period (the range of n uniform draws).
        double p = inside / (double)Math.Max(1, all);
        if (labels < 2 || !((labels * Math.Pow(p, labels - 1)) - ((labels - 1) * Math.Pow(p, labels)) < Chance))
        {
            return null;
        }

        string of = evidence.HasReference ? period == Period.Current ? " of the current period" : " of the reference" : "";
        string when = Moments.Between(new(first, TimeSpan.Zero), new(last, TimeSpan.Zero), TimeZoneInfo.Utc);
        return Gap(
            $"what was not labelled{of}",
            $"all labels{of} are of {when}, which has {Numbers.Percent(p)} of its contents: rates hold for that time only; label contents drawn from all of it ('moderato sample')");
    }

    private static NotAssessed Gap(string what, string why) => new(what, why) { IsOfLabels = true };

    private static long Labelled(Evidence evidence, Period period)
    {
        long labels = 0;
        for (int row = 0; row < evidence.Weights.Length; row++)
        {
            labels += evidence.Weights[row] > 0 && Is(evidence, row, period) ? 1 : 0;
        }

        return labels;
    }

    private static bool Is(Evidence evidence, int row, Period period) => evidence.Table.IsCurrent(row) == (period == Period.Current);
}
