using Moderato.Improvement.Training;
using Moderato.Releases;

namespace Moderato.Tests.Improvement.Training;

public sealed class CutChoiceTests
{
    private static readonly CalibrationMap Same = new([0, 1], [0, 1], .5);

    [Fact]
    public void Sets_that_agree_give_the_least_cut_between_their_classes()
    {
        var contents = Sets((.2, .6), (.2, .6), (.2, .6));
        Assert.Equal(.2001, CutChoice.ReviewFrom(contents, Same), 4);
    }

    [Fact]
    public void A_cut_below_the_best_is_taken_only_as_far_as_the_sets_do_not_tell_it_from_the_best()
    {
        // Cut at .1 or lower, two of the three sets flag everything.
        var contents = Sets((.2, .6), (.2, .6), (.1, .15));
        Assert.InRange(CutChoice.ReviewFrom(contents, Same), .1001, .2001);
    }

    [Fact]
    public void One_set_is_cut_where_it_is_best()
    {
        Assert.Equal(.3001, CutChoice.ReviewFrom(Sets((.3, .9)), Same), 4);
    }

    /// <summary>In each set 50 safe contents score the first number and 50 violating ones the second.</summary>
    private static JudgedContents Sets(params (double Safe, double Violating)[] sets)
    {
        const int Each = 50;
        var rows = sets.SelectMany((set, group) => Enumerable.Range(0, 2 * Each).Select(i => (Raw: i < Each ? set.Safe : set.Violating, Violating: i >= Each, Group: group))).ToList();
        return new([.. rows.Select(row => row.Raw)], [.. rows.Select(row => row.Violating)], [.. rows.Select(row => row.Group)]);
    }
}
