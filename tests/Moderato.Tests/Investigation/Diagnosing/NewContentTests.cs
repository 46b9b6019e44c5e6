using Moderato.Decisions;
using Moderato.Investigation;
using Moderato.Investigation.Diagnosing;
using static Moderato.Tests.Investigation.Diagnosing.PlantedLog;

namespace Moderato.Tests.Investigation.Diagnosing;

public sealed class NewContentTests
{
    private const int PerPeriod = 8_000;

    private static readonly Evidence Log = PlantedLog.Of(1, PerPeriod, Usual, Usual).Evidence();

    /// <summary>A classifier's scores where a kind is so common in each period; the kind scores high, with some overlap.</summary>
    private static (double[] Scores, bool[] OfKind) Domain(double before, double after, double separation)
    {
        var random = new Random(3);
        var ofKind = new bool[Log.Table.Count];
        var scores = new double[ofKind.Length];
        for (int row = 0; row < scores.Length; row++)
        {
            ofKind[row] = random.NextDouble() < (Log.Table.IsCurrent(row) ? after : before);
            double normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            scores[row] = 1 / (1 + Math.Exp(-normal - (ofKind[row] ? separation : 0)));
        }

        return (scores, ofKind);
    }

    [Fact]
    public void Texts_that_the_reference_had_none_of_are_new_with_the_chance_that_they_are()
    {
        var (scores, ofKind) = Domain(before: 0, after: .1, separation: 3);
        double[] weights = NewContent.Of(Log, scores, []).Weights;

        double share = weights.Where((_, row) => Log.Table.IsCurrent(row)).Average();
        Assert.InRange(share, .07, .13);
        Assert.True(weights.Where((_, row) => ofKind[row]).Average() > .7);
        Assert.True(weights.Where((_, row) => !ofKind[row]).Average() < .02);
    }

    [Theory]
    [InlineData(.07, .3)]
    [InlineData(.07, .6)]
    [InlineData(.1, .9)]
    public void A_kind_that_grew_is_not_new_however_well_it_can_be_told(double before, double after)
    {
        var (scores, _) = Domain(before, after, separation: 8);
        Assert.All(NewContent.Of(Log, scores, []).Weights, weight => Assert.Equal(0, weight));
    }

    [Fact]
    public void Where_nothing_changed_nothing_is_new()
    {
        var (scores, _) = Domain(before: .1, after: .1, separation: 3);
        var content = NewContent.Of(Log, scores, []);

        Assert.Empty(content.Kinds);
        Assert.InRange(content.TopRatio, .5, 2);
    }
}
