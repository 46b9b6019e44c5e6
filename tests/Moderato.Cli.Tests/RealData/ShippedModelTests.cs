using Moderato.Cli.Input;
using Moderato.Policies;
using Moderato.Releases;
using Moderato.Statistics.Curves;
using Moderato.Tests;

namespace Moderato.Cli.Tests.RealData;

/// <summary>
/// The shipped model judges hate no worse than its card says, on sets that it was not trained on, and stays above the linear peers
/// (TF-IDF with logistic regression, fastText) wherever the shipped one was.
/// </summary>
public sealed class ShippedModelTests
{
    /// <summary>Figures are written with three decimals.</summary>
    private const double Rounding = .0005;

    public static TheoryData<string, string?, double[], double[]> Sets => new()
    {
        { "hatecheck", null, [.665, .823, .102], [.630, .817, .142] },
        { "dynahate", "test", [.555, .649, .126], [.574, .652, .125] },
        { "edos", "test", [.610, .505, .238], [.644, .467, .216] },
        { "founta", "test", [.653, .403, .206], [.628, .388, .242] },
    };

    /// <param name="shipped">Macro-F1 at the release's cut, average precision and TPR at 5% FPR, as models/ngram/README.md gives them.</param>
    /// <param name="peer">The better of the linear peers in each.</param>
    [Theory]
    [MemberData(nameof(Sets))]
    public void Hate_is_judged_no_worse_than_the_card_says(string set, string? split, double[] shipped, double[] peer)
    {
        var cascade = ReleaseFile.LoadShipped();
        int hate = cascade.Categories.ToList().IndexOf(Category.Hate);
        var contents = LabelledSet.Read(InputFile.Find(SharedData.File(set), () => Stream.Null)[0], TestContext.Current.CancellationToken)
            .Where(content => content.Labels.ContainsKey(Category.Hate) && (split is null || content.Split == split)).ToList();
        var scores = new double[contents.Count];
        var all = new double[cascade.Categories.Count];
        for (int i = 0; i < scores.Length; i++)
        {
            cascade.Decide(contents[i].Text, "en", surface: null, all);
            scores[i] = all[hate];
        }

        var levels = ScoreLevels.Of(new LabelledScores(scores, [.. contents.Select(content => content.Labels[Category.Hate])]));
        double[] measured =
        [
            Confusion.At(levels, cascade.Release.Thresholds[Category.Hate].Cuts.ReviewFrom!.Value).MacroF1.Value,
            AveragePrecision.Of(levels).Value,
            TprAtFpr.Of(levels, .05).Value,
        ];

        Assert.All(measured.Zip(shipped), figure => Assert.True(figure.First >= figure.Second - Rounding, $"{figure.First:F4} where {figure.Second:F3} was shipped"));
        Assert.All(
            measured.Zip(shipped, peer).Where(figure => figure.Second >= figure.Third),
            figure => Assert.True(figure.First >= figure.Third - Rounding, $"{figure.First:F4} is below the peer's {figure.Third:F3}"));
    }
}
