using Moderato.Classification;
using Moderato.Decisions;
using Moderato.Drills.Simulation;
using Moderato.Investigation;
using Moderato.Investigation.Findings;
using Moderato.Investigation.Patterns;
using Moderato.Investigation.Sampling;
using Moderato.Policies;
using Moderato.Releases;
using Moderato.Statistics.Curves;
using Moderato.Tuning;

namespace Moderato.Cli.Demo;

/// <summary>
/// An incident from its beginning to its end: planted, decided by a release as teams first ship it (raw scores, one threshold
/// set by hand), sampled, labelled by the oracle, investigated, tuned; and what the new cuts do to further traffic that nobody looked at.
/// </summary>
/// <param name="Sheet">The contents that were labelled, with the answers.</param>
/// <param name="Labelled">The decisions with these answers.</param>
/// <param name="Today">The cuts in force.</param>
/// <param name="Fix">Review from today's cut, and block from as high as the reviews allow; null where no cut mends the cause.</param>
public sealed record DemoRun(
    SimulatedIncident Incident,
    IReadOnlyList<DrawnContent> Drawn,
    IReadOnlyList<FilledLine> Sheet,
    DecisionTable Labelled,
    InvestigationFindings Findings,
    TuningFindings Tuning,
    Cuts Today,
    Cuts? Fix,
    HeldOutRates Before,
    HeldOutRates After)
{
    /// <summary>How many contents are labelled; the next number only when the investigation says that the one before cannot tell.</summary>
    public static IReadOnlyList<int> Budgets { get; } = [400, 1_200, 3_000];

    /// <summary>Reviews that this made-up platform can do.</summary>
    public const double ReviewsPerDay = 50;

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
        var tuning = TuningRun.Of(labelled, new TuningOptions());
        var today = table.Cuts!;
        var fix = MendedByCuts(findings!.Diagnosis[0].Cause) && today.BlockFrom is { } blockFrom ? WidestQueue(incident, blockFrom) : null;
        var unseen = SimulatedIncident.Of(incident.Plan with { Replicate = 1 }, classifier);
        return new DemoRun(
            incident, drawn, sheet, labelled, findings, tuning, today, fix, HeldOutRates.Of(unseen, today), HeldOutRates.Of(unseen, fix ?? today));
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

    /// <summary>
    /// What is blocked today goes to people first, as far up as they can read: fewer false positives, no false negative more.
    /// How many that are, the scores of the current period say without a label.
    /// </summary>
    private static Cuts WidestQueue(SimulatedIncident incident, double blockFrom)
    {
        var table = incident.Table;
        var contents = new int[ScoreBin.Count];
        for (int row = 0; row < table.Count; row++)
        {
            if (table.IsCurrent(row))
            {
                contents[ScoreBin.Of(table.Scores![row])]++;
            }
        }

        double left = ReviewsPerDay * incident.Plan.CurrentDays;
        int bin = ScoreBin.Of(blockFrom);
        while (bin < ScoreBin.Count && contents[bin] <= left)
        {
            left -= contents[bin++];
        }

        return new Cuts(blockFrom, bin == ScoreBin.Count ? null : ScoreBin.Cut(bin));
    }

    // Wrong labels and an undecided policy are not mended by moving a threshold, and what is not broken is left alone.
    private static bool MendedByCuts(string cause) =>
        cause is not (Causes.LabelNoise or Causes.None or Causes.Inconclusive);
}
