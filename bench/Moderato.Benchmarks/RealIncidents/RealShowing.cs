using Moderato.Decisions;

namespace Moderato.Benchmarks.RealIncidents;

/// <summary>Chooses how an incident is recorded, and gives its rows times, authors, ids and votes.</summary>
internal static class RealShowing
{
    private static readonly long Start = new DateTime(2026, 2, 2, 0, 0, 0, DateTimeKind.Utc).Ticks;

    public static Showing Of(Random random, string name, double? objective)
    {
        bool since = random.NextDouble() < .25;
        bool alone = objective is not null && random.NextDouble() < .5;
        bool text = random.NextDouble() < .8 || name.Contains("event", StringComparison.Ordinal) || name.Contains("flood", StringComparison.Ordinal) || name.Contains("slice", StringComparison.Ordinal);
        string? surface = ((string?[])["surface", "channel", "source", "community", null, null])[random.Next(6)];
        string? language = ((string?[])["language", "lang", null])[random.Next(3)];
        if (!text && surface is null)
        {
            surface = "surface";
        }

        return new(
            text, since || random.NextDouble() < .6, surface, language, random.NextDouble() < .5,
            random.NextDouble() < .4 ? ((string[])["release", "model_version", "model"])[random.Next(3)] : null,
            random.NextDouble() < .6,
            name.Contains("policy", StringComparison.Ordinal) || random.NextDouble() < .3, name.Contains("label-noise", StringComparison.Ordinal) || random.NextDouble() < .3,
            alone ? Comparison.None : since ? Comparison.Since : random.Next(2) == 0 ? Comparison.Period : Comparison.ReferenceFile,
            random.NextDouble() < .3);
    }

    public static void Finish(RealStage stage, Showing showing, string name)
    {
        var random = stage.Random;
        if (showing.Comparison == Comparison.None)
        {
            // Without a comparison there is one period: the current one.
            stage.Rows.RemoveAll(row => !row.Current);
        }

        double burst = name.Contains("event", StringComparison.Ordinal) ? 5 : 14;
        var rows = stage.Rows.ToArray();
        random.Shuffle(rows);
        stage.Rows.Clear();
        stage.Rows.AddRange(rows);
        for (int i = 0; i < rows.Length; i++)
        {
            var row = rows[i];
            bool isNew = row.Edited is not null || row.Kind == "disaster";
            double day = row.Current ? 28 + (isNew ? 2 + (random.NextDouble() * Math.Min(burst, 6)) : 14 * random.NextDouble()) : 28 * random.NextDouble();
            row.Time = Start + (long)(day * TimeSpan.TicksPerDay);
            row.Author = (int)(Math.Pow(random.NextDouble(), 2) * rows.Length / 3);
            row.Id = $"{(row.Current ? "c" : "r")}{i}";
            if (row.Votes == default)
            {
                // People split now and then, wherever a content lies.
                row.Votes = random.NextDouble() < .08 ? new(row.Label ? 2 : 1, 3) : new(row.Label ? 3 : 0, 3);
            }
        }
    }
}
