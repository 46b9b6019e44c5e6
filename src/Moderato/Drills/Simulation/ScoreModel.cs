using Moderato.Policies;

namespace Moderato.Drills.Simulation;

/// <summary>What the classifier makes of a content, in logits: two normal classes moved by register, heat and author; or a real classifier's score.</summary>
internal sealed class ScoreModel(IncidentPlan plan, TextScore? classifier)
{
    private const double SafeDeviation = 1.2;
    private const double ViolatingDeviation = 1.5;
    private const double HeatShift = .4;

    /// <summary>Logits beyond which a score stored to 4 decimals is 0 or 1.</summary>
    private const double Extreme = 12;

    /// <summary>What LLMs write down when asked for a confidence.</summary>
    private static readonly double[] Lumps = [0, .02, .05, .1, .15, .2, .3, .4, .5, .6, .7, .75, .8, .85, .9, .95, .98];

    private readonly SeededRandom random = new(plan, "scores");
    private readonly bool selling = plan.Category == Category.Spam;

    public bool IsReal => classifier is not null;

    public double Latent(SimulatedRow row)
    {
        if (classifier is not null)
        {
            return Logit(classifier(row.Text, row.Cell.Language));
        }

        if (row.Cell.Register.Name == Register.Chain && !row.Violating)
        {
            return -2 + (.1 * random.Normal());
        }

        double mean = row.Violating ? plan.Separation
            : (selling ? row.Cell.Register.Selling : row.Cell.Register.Tone + (HeatShift * Math.Min(row.Heat, 3)))
                + (row.Harm is { } harm && !selling ? harm.Tone : 0);
        return mean + row.Author.Style + ((row.Violating ? ViolatingDeviation : SafeDeviation) * random.Normal());
    }

    /// <summary>The score that is stored. Cuts of at most 4 decimals part the same rows as they do in logits.</summary>
    public double Score(double latent, double cut)
    {
        if (plan.Shape == ScoreShape.Smooth || IsReal)
        {
            return Math.Floor((Sigmoid(latent) * 10_000) + 1e-6) / 10_000;
        }

        // An LLM is surer than it should be: it spreads around its cut, and then names a round number.
        double stretched = Sigmoid(Logit(cut) + (1.6 * (latent - Logit(cut))));
        double lump = stretched + 1e-9 >= cut ? cut : 0;
        foreach (double candidate in Lumps)
        {
            lump = candidate <= stretched + 1e-9 ? Math.Max(lump, candidate) : lump;
        }

        return lump;
    }

    /// <summary>The cut nearest to a score that a person would write into a configuration: a step of .05 over a real classifier, two decimals, or a value that the classifier uses.</summary>
    public double HandSet(double score) =>
        plan.Shape == ScoreShape.Lumpy && !IsReal ? Lumps.Skip(1).MinBy(lump => Math.Abs(lump - score))
        : IsReal && score >= .1 ? Math.Clamp(Math.Round(score * 20) / 20, .05, .95)
        : score >= .05 ? Math.Clamp(Math.Round(score, 2), .01, 1)
        : Math.Clamp(Math.Round(score, 3), .001, 1);

    public static double Logit(double score) =>
        Math.Clamp(Math.Log(score / (1 - score)), -Extreme, Extreme);

    public static double Sigmoid(double latent) => 1 / (1 + Math.Exp(-latent));
}
