using System.Globalization;
using Moderato.Improvement.Training;
using Moderato.Improvement.Training.Teaching;
using Moderato.Policies;
using Moderato.Statistics.Curves;

namespace Moderato.Benchmarks;

/// <summary>How well settings judge hate in content of a kind that they were not trained on.</summary>
/// <param name="AveragePrecision">By what was left out, in the order of <see cref="LeftOut"/>.</param>
/// <param name="Tpr">At 5% FPR.</param>
/// <param name="MacroF1">At the cut that is best on what else was left out.</param>
/// <param name="NamedGroupsTaken">How often naming a group is taken for toxicity (<see cref="NamedGroups"/>).</param>
internal sealed record SettingsTrial(double[] AveragePrecision, double[] Tpr, double[] MacroF1, double NamedGroupsTaken)
{
    private const double Fpr = .05;

    /// <summary>The English training sets of hate that show both classes.</summary>
    public static readonly string[] Sets = ["davidson", "hatemoji-build", "edos", "kennedy", "toxigen", "mlma", "hatexplain", "misogyny-reddit"];

    /// <summary>Those sets, and hate that is quoted to oppose or to endorse it in phrases that were not trained on.</summary>
    public static IReadOnlyList<string> LeftOut { get; } = [.. Sets, "framed hate"];

    /// <summary>What settings are chosen by: the mean of the three figures over all that was left out.</summary>
    public double Mean => (AveragePrecision.Average() + Tpr.Average() + MacroF1.Average()) / 3;

    /// <param name="isTrainedOn">Which contents these settings train on.</param>
    /// <param name="meanings">Null where there is no teacher.</param>
    public static SettingsTrial Of(
        TrainingSelection selection, List<string> categories, TrainingSettings settings, Func<SelectedContent, bool> isTrainedOn, Meanings? meanings)
    {
        int hate = categories.IndexOf(Category.Hate);
        var all = new List<(double Logit, bool Hateful, int Place)>();

        var usual = selection with { Contents = [.. selection.Contents.Where(isTrainedOn)] };

        // Every other phrase is kept out of training, together with the texts that were put into it.
        var framed = selection with { Contents = [.. selection.Contents.Where(content => IsJudged(content) || (isTrainedOn(content) && !IsHeldPhrase(content)))] };
        double[]?[] bySet = [], byPhrase = [];
        double namedGroups = 0;
        Parallel.Invoke(
            () => byPhrase = CrossFit.Logits(
                TrainingExamples.Of(framed, settings, meanings), [.. framed.Contents.Select(content => IsJudged(content) ? 0 : -1)],
                [.. framed.Contents.Select(content => content.Cluster)], categories, settings),
            () => bySet = LeaveOneSetOut.Logits(usual, TrainingExamples.Of(usual, settings, meanings), Sets, categories, settings),
            () => namedGroups = NamedGroups.TakenForToxic(selection, isTrainedOn, categories, settings, meanings));
        Collect(usual, bySet, content => (content.Truth[hate], Array.IndexOf(Sets, content.Set.Name)));
        Collect(framed, byPhrase, content => (content.Learnt[hate], Sets.Length));
        return Of(new JudgedContents([.. all.Select(row => row.Logit)], [.. all.Select(row => row.Hateful)], [.. all.Select(row => row.Place)])) with { NamedGroupsTaken = namedGroups };

        void Collect(TrainingSelection from, double[]?[] judged, Func<SelectedContent, (float Truth, int Place)> say)
        {
            for (int i = 0; i < judged.Length; i++)
            {
                if (judged[i] is { } own && say(from.Contents[i]) is var (truth, place) && !float.IsNaN(truth))
                {
                    all.Add((own[hate], truth == 1, place));
                }
            }
        }
    }

    private static SettingsTrial Of(JudgedContents all)
    {
        double prior = StatedPriors.Of(Category.Hate);
        var map = CalibrationFit.Of(all, all.WeightsFor(prior), prior);
        var trial = new SettingsTrial(new double[LeftOut.Count], new double[LeftOut.Count], new double[LeftOut.Count], double.NaN);
        for (int place = 0; place < LeftOut.Count; place++)
        {
            var own = all.At(Enumerable.Range(0, all.Raw.Length).Where(i => all.Groups[i] == place));
            var others = all.At(Enumerable.Range(0, all.Raw.Length).Where(i => all.Groups[i] != place));
            var ranked = ScoreLevels.Of(own.Labelled());
            var scored = ScoreLevels.Of(new LabelledScores([.. own.Raw.Select(map.Score)], own.Violating));
            trial.AveragePrecision[place] = Statistics.Curves.AveragePrecision.Of(ranked).Value;
            trial.Tpr[place] = TprAtFpr.Of(ranked, Fpr).Value;
            trial.MacroF1[place] = Confusion.At(scored, CutChoice.ReviewFrom(others, map)).MacroF1.Value;
        }

        return trial;
    }

    /// <summary>Half of the texts in held phrases: enough to judge by.</summary>
    private static bool IsJudged(SelectedContent content) => IsHeldPhrase(content) && content.Cluster % 2 == 0;

    /// <summary>Our texts are named KIND-PHRASE-NUMBER; every other phrase that opposes or endorses is held.</summary>
    private static bool IsHeldPhrase(SelectedContent content) =>
        content.IsOurs && content.Content.Id.Split('-') is ["opposed" or "endorsed", var phrase, _] && int.Parse(phrase, CultureInfo.InvariantCulture) % 2 == 1;
}
