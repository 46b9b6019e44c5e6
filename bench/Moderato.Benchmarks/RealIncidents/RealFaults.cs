using Moderato.Decisions;

namespace Moderato.Benchmarks.RealIncidents;

/// <summary>What goes wrong, each until the current FPR is the wanted one; false where that is out of reach.</summary>
internal static class RealFaults
{
    private static readonly string[] Prefixes = ["lol ", "RT ", "this: ", "omg ", "so true - ", "@all "];

    public static double LowerCut(RealStage stage, double target)
    {
        var scores = stage.Of(true).Where(row => !row.Violating).Select(row => stage.Displayed(row.Logit)).OrderDescending().ToArray();
        double at = scores[(int)(target * scores.Length)];
        return Math.Max(.01, Math.Round(at, 2));
    }

    /// <summary>One increasing map on every current score: logit → a · logit + b.</summary>
    public static bool Inflate(RealStage stage, double target)
    {
        double stretch = .8 + (.5 * stage.Random.NextDouble());
        return Shift(stage, stage.Of(true), stage.Of(true), target, row => stretch * row.Logit);
    }

    /// <summary>A kind of content is scored higher from now on.</summary>
    public static bool Worsen(RealStage stage, Func<RealRow, bool> slice, List<RealRow> period, double target, int level = 0)
    {
        _ = level;
        var affected = period.Where(row => slice(row) && !row.Violating).ToList();
        return affected.Count > .8 * target * period.Count && Shift(stage, affected, period, target, row => row.Logit + (.5 * stage.Normal()));
    }

    /// <summary>More of the kind on which the classifier errs most.</summary>
    public static bool Grow(RealStage stage, Dictionary<string, double> mix, double target)
    {
        string worst = mix.Keys.MaxBy(kind => stage.Fpr(stage.Rows.Where(row => row.Kind == kind)))!;
        double inside = stage.Fpr(stage.Rows.Where(row => row.Kind == worst)), rest = stage.Fpr(stage.Rows.Where(row => row.Kind != worst));
        double share = (target - rest) / (inside - rest);
        if (!(inside > 2.5 * rest) || share is not (> .1 and < .8))
        {
            return false;
        }

        mix = mix.ToDictionary(part => part.Key, part => part.Key == worst ? share : part.Value / (mix.Values.Sum() - mix[worst]) * (1 - share));
        stage.Draw(mix, stage.CurrentRows, true);
        return true;
    }

    /// <summary>A kind that the reference did not have.</summary>
    public static bool Bring(RealStage stage, Dictionary<string, double> mix, double target)
    {
        string[] kinds = ["game", "dota", "slang", "forum", "spanish", "german", "portuguese", "tweets", "films"];
        foreach (string kind in kinds.Where(kind => !mix.ContainsKey(kind)).OrderBy(_ => stage.Random.Next()))
        {
            var scores = stage.Pool(kind).Select(content => stage.Displayed(ContentScores.Logit(content.Scores[stage.Source]))).ToArray();
            double inside = scores.Count(score => score >= stage.Cut) / (double)scores.Length;
            double now = stage.Fpr(stage.Of(true)), share = (target - now) / (inside - now);
            if (inside > 1.5 * target && share is > .02 and < .6)
            {
                stage.Draw(new Dictionary<string, double> { [kind] = 1 }, (int)(share / (1 - share) * stage.Of(true).Count), true);
                return true;
            }
        }

        return false;
    }

    /// <summary>An event: people write about something new, in a tone that the classifier minds.</summary>
    public static bool Happen(RealStage stage, double target)
    {
        var minded = stage.Pool("disaster").Where(content => stage.Displayed(ContentScores.Logit(content.Scores[stage.Source])) >= stage.Cut).ToArray();
        var others = stage.Pool("disaster").Except(minded).ToArray();
        double now = stage.Fpr(stage.Of(true)), inside = .3 + (.4 * stage.Random.NextDouble());
        int count = (int)((target - now) / (inside - target) * stage.Of(true).Count), wrong = (int)(inside * count);
        if (inside < 1.5 * target || wrong > minded.Length || count - wrong > others.Length)
        {
            return false;
        }

        stage.Random.Shuffle(minded);
        stage.Random.Shuffle(others);
        stage.Rows.AddRange(minded.Take(wrong).Concat(others.Take(count - wrong))
            .Select(content => new RealRow(content, true) { Logit = ContentScores.Logit(content.Scores[stage.Source]) }));
        return true;
    }

    /// <summary>One safe text that the classifier dislikes, passed on with small edits.</summary>
    public static bool Flood(RealStage stage, double target)
    {
        var original = stage.Of(true).Where(row => !row.Violating && row.Text.Length is > 50 and < 400 && stage.Displayed(row.Logit) >= stage.Cut)
            .OrderBy(_ => stage.Random.Next()).FirstOrDefault();
        if (original is null)
        {
            return false;
        }

        var current = stage.Of(true);
        int safe = current.Count(row => !row.Violating);
        int copies = (int)((target - stage.Fpr(current)) / (1 - target) * safe);
        for (int i = 0; i < copies; i++)
        {
            string text = original.Text;
            text = (stage.Random.Next(3) == 0 ? Prefixes[stage.Random.Next(Prefixes.Length)] : "") + text + new string('!', stage.Random.Next(4));
            stage.Rows.Add(new RealRow(original.Content, true) { Logit = original.Logit + (.05 * Math.Abs(stage.Normal())), Edited = text });
        }

        return copies > 20;
    }

    /// <summary>A labelling vendor calls violating contents safe.</summary>
    public static bool Mislabel(RealStage stage, double target) => Flip(stage, target, row => row.Label = false);

    /// <summary>Reviewers split on what was flagged: the policy does not decide it.</summary>
    public static bool Split(RealStage stage, double target) => Flip(stage, target, row =>
    {
        row.Label = stage.Random.NextDouble() < .15;
        row.Votes = row.Label ? new(2, 3) : new(1, 3);
    });

    private static bool Flip(RealStage stage, double target, Action<RealRow> flip)
    {
        var current = stage.Of(true);
        double safe = current.Count(row => !row.Label), wrong = current.Count(row => row.IsFalsePositive);
        foreach (var row in current.Where(row => row.Violating && row.Verdict == Verdict.Violating).OrderBy(_ => stage.Random.Next()))
        {
            if (wrong / safe >= target)
            {
                return true;
            }

            flip(row);
            (safe, wrong) = row.Label ? (safe, wrong) : (safe + 1, wrong + 1);
        }

        return wrong / safe >= .75 * target;
    }

    private static bool Shift(RealStage stage, List<RealRow> affected, List<RealRow> period, double target, Func<RealRow, double> map)
    {
        var latent = affected.Select(map).ToArray();
        double low = -6, high = 12;
        for (int round = 0; round < 30; round++)
        {
            double by = (low + high) / 2;
            Apply(by);
            (low, high) = stage.Fpr(period) < target ? (by, high) : (low, by);
        }

        Apply(high);
        return high < 11.9 && stage.Fpr(period) is var reached && reached >= .8 * target && reached <= 1.5 * target;

        void Apply(double by)
        {
            for (int i = 0; i < latent.Length; i++)
            {
                affected[i].Logit = latent[i] + by;
            }
        }
    }
}
