namespace Moderato.Improvement.Training;

/// <summary>The contents of a selection with the logits of models that never saw them.</summary>
public sealed class JudgedSelection
{
    private const int Folds = 5;

    /// <summary>With fewer sets, leaving one out leaves too little to learn from, and the cut is chosen on folds.</summary>
    private const int LeastSets = 3;

    private readonly TrainingSelection selection;
    private readonly IReadOnlyList<TrainingExample> examples;
    private readonly double[]?[] byFold;
    private readonly double[]?[] bySet;

    private JudgedSelection(
        TrainingSelection selection, IReadOnlyList<TrainingExample> examples, List<string> categories, double[]?[] byFold, double[]?[] bySet)
    {
        this.selection = selection;
        this.examples = examples;
        this.byFold = byFold;
        this.bySet = bySet;
        Categories = categories;
    }

    public List<string> Categories { get; }

    internal static JudgedSelection Of(
        TrainingSelection selection, IReadOnlyList<TrainingExample> examples, List<string> categories, TrainingSettings settings,
        IProgress<TrainingProgress>? progress, CancellationToken cancel)
    {
        var folds = selection.Contents.Select(content => Fold(content.Cluster)).ToList();
        var clusters = selection.Contents.Select(content => content.Cluster).ToList();
        var byFold = CrossFit.Logits(examples, folds, clusters, categories, settings, Stage.Of(progress, "cross-fitting"), cancel);
        var sets = selection.Contents.Select(content => content.Set).Distinct().Where(set => HasBothClasses(selection, set)).Select(set => set.Name).ToList();
        var bySet = LeaveOneSetOut.Logits(selection, examples, sets, categories, settings, Stage.Of(progress, "leaving out sets"), cancel);
        return new JudgedSelection(selection, examples, categories, byFold, bySet);
    }

    /// <summary>The logits of a content by a model of the folds that it is not in.</summary>
    public double[]? Logits(int content) => byFold[content];

    /// <summary>All contents with a label of the category, by fold.</summary>
    public JudgedContents ByFold(string category) => Of(byFold, category, _ => true);

    /// <summary>Those that are a natural sample of the category.</summary>
    public JudgedContents Natural(string category) => Of(byFold, category, content => content.IsNatural(category));

    /// <summary>What a cut is chosen on: left-out sets where there are enough, else folds.</summary>
    public JudgedContents ForCut(string category) =>
        Of(bySet, category, _ => true) is var left && left.SetsWithBoth >= LeastSets ? left : ByFold(category);

    private JudgedContents Of(double[]?[] logits, string category, Func<SelectedContent, bool> which)
    {
        int c = Categories.IndexOf(category);
        var rows = Enumerable.Range(0, examples.Count)
            .Where(i => selection.Contents[i] is var content && !float.IsNaN(content.Truth[c]) && logits[i] is not null && which(content)).ToList();
        return new JudgedContents(
            [.. rows.Select(i => logits[i]![c])], [.. rows.Select(i => selection.Contents[i].Truth[c] >= .5f)], [.. rows.Select(i => examples[i].Source)]);
    }

    private static bool HasBothClasses(TrainingSelection selection, PublicSet set)
    {
        var own = selection.Contents.Where(content => content.Set == set && !content.IsOurs).ToList();
        return own.Count > 0 && Enumerable.Range(0, own[0].Truth.Length).Any(c => own.Exists(content => content.Truth[c] == 0) && own.Exists(content => content.Truth[c] == 1));
    }

    private static int Fold(int cluster) => (int)(((uint)cluster * 0x9E3779B1u >> 8) % Folds);
}
