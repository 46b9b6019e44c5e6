using Moderato.Classification;
using Moderato.Decisions;
using Moderato.Drills.Simulation;
using Moderato.Investigation;
using Moderato.Investigation.Findings;
using Moderato.Investigation.Patterns;
using Moderato.Investigation.Sampling;
using Moderato.Policies;
using Moderato.Releases;
using Moderato.Tuning;

namespace Moderato.Cli.Demo;

/// <summary>
/// An incident from its beginning to its end: planted, decided by a release as teams first ship it (raw scores, one threshold
/// set by hand), sampled, labelled by the oracle, investigated, tuned; and what the new cuts do to further traffic that nobody looked at.
/// </summary>
/// <param name="Sheet">The contents that were labelled, with the answers.</param>
/// <param name="Today">The cuts in force.</param>
/// <param name="Fix">The cuts that tuning found; null where no cut mends the cause.</param>
public sealed record DemoRun(
    SimulatedIncident Incident,
    IReadOnlyList<DrawnContent> Drawn,
    IReadOnlyList<FilledLine> Sheet,
    InvestigationFindings Findings,
    TuningFindings Tuning,
    Cuts Today,
    Cuts? Fix,
    HeldOutRates Before,
    HeldOutRates After)
{
    /// <summary>How many contents are labelled; the next number only when the investigation says that the one before cannot tell.</summary>
    public static IReadOnlyList<int> Budgets { get; } = [400, 1_200, 3_000];

    /// <summary>What the policy's owner of this made-up platform says: a missed violation weighs as five wrongful removals, a review as a tenth of one.</summary>
    public static HarmCosts Costs { get; } = new(FalsePositive: 1, FalseNegative: 5, Review: .1);

    public const double ReviewsPerDay = 60;

    /// <summary>With the release that this build carries.</summary>
    public static DemoRun Of(string cause, int seed, CancellationToken cancel)
    {
        var release = ReleaseFile.LoadShipped();
        var fit = release.Release.Languages[Category.Toxicity];
        return Of(cause, seed, RawScore(release.Model), [.. IncidentCatalog.UsualLanguages.Where(fit.Contains)], cancel);
    }

    /// <param name="languages">Those that the classifier is fit for.</param>
    public static DemoRun Of(string cause, int seed, TextScore classifier, IReadOnlyList<string> languages, CancellationToken cancel)
    {
        var incident = SimulatedIncident.Of(
            new IncidentPlan
            {
                Cause = cause,
                Trigger = cause == Causes.NewContent ? IncidentCatalog.Platform : null,
                Seed = seed,
                Languages = languages,
                ReferenceFpr = .03,
                // Only violating contents can be mislabelled safe, and only those that are flagged then look like false positives.
                CurrentFpr = cause == Causes.LabelNoise ? .06 : .08,
            },
            classifier);
        var table = incident.Table with { Clusters = NearDuplicates.Cluster(incident.Table.Texts!) };

        IReadOnlyList<DrawnContent> drawn = [];
        FilledLine[] sheet = [];
        DecisionTable labelled = table;
        InvestigationFindings? findings = null;
        foreach (int budget in Budgets)
        {
            cancel.ThrowIfCancellationRequested();
            drawn = LabellingSample.Draw(table, table.Clusters, budget, seed);
            sheet = [.. drawn.Select(content => Answered(incident, content))];
            labelled = FilledSheet.Apply(table, sheet, []);
            findings = InvestigationRun.Of(labelled, new InvestigationOptions { ObjectiveFpr = incident.Truth.ObjectiveFpr, Seed = seed });
            if (findings.Diagnosis[0].Cause != Causes.Inconclusive)
            {
                break;
            }
        }

        cancel.ThrowIfCancellationRequested();
        var tuning = TuningRun.Of(labelled, new TuningOptions { Costs = Costs, CapacityPerDay = ReviewsPerDay });
        var today = table.Cuts!;
        var fix = MendedByCuts(findings!.Diagnosis[0].Cause) && tuning.Best is { } best ? new Cuts(best.ReviewFrom, best.BlockFrom) : null;
        var unseen = SimulatedIncident.Of(incident.Plan with { Replicate = 1 }, classifier);
        return new DemoRun(
            incident, drawn, sheet, findings, tuning, today, fix, HeldOutRates.Of(unseen, today), HeldOutRates.Of(unseen, fix ?? today));
    }

    /// <summary>The sigmoid of the model's logit, as it comes out of training: what teams ship before they calibrate.</summary>
    private static TextScore RawScore(NgramModel model)
    {
        var classifier = new NgramClassifier(model);
        int category = model.Categories.ToList().IndexOf(Category.Toxicity);
        return (text, _) =>
        {
            Span<double> logits = stackalloc double[NgramModel.Lanes];
            classifier.Logits(text, logits);
            return 1 / (1 + Math.Exp(-logits[category]));
        };
    }

    private static FilledLine Answered(SimulatedIncident incident, DrawnContent content)
    {
        var answer = incident.Answer(incident.Table.Ids[content.Row]);
        return new(content.Row, content.ClusterSize, content.InclusionProbability, answer.Label, answer.Votes, answer.SecondLabel, answer.Code);
    }

    // Wrong labels and an undecided policy are not mended by moving a threshold, and what is not broken is left alone.
    private static bool MendedByCuts(string cause) =>
        cause is not (Causes.LabelNoise or Causes.None or Causes.Inconclusive);
}
