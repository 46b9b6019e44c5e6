using Moderato.Statistics.Tests.Reference;
using Moderato.Statistics.Thresholds;

namespace Moderato.Statistics.Tests.Thresholds;

public sealed class HarmReferenceTests
{
    private static readonly ReferenceFile File = ReferenceFile.Read("harm");

    public static TheoryData<string> Cases => File.Names;

    [Theory]
    [MemberData(nameof(Cases))]
    public void Agrees_with_every_pair_tried_in_exact_fractions(string name) =>
        File.Check(name, new Dictionary<string, Action<ReferenceCase>> { [""] = Check });

    private static void Check(ReferenceCase c)
    {
        var ours = TwoThresholdOptimum.Find(new(
            c.Numbers("safe"), c.Numbers("violating"), c.Numbers("review_items"),
            c.Number("cost_false_block"), c.Number("cost_missed"), c.Number("cost_review"), c.Number("capacity"),
            c.Has("most_false_blocks") ? c.Number("most_false_blocks") : null,
            c.Has("most_missed") ? c.Number("most_missed") : null));
        if (c.Error() is not null)
        {
            Assert.IsType<ThresholdChoice.Infeasible>(ours);
            return;
        }

        var optimum = Assert.IsType<ThresholdChoice.Optimal>(ours);
        c.Expect("review_from", optimum.ReviewFrom);
        c.Expect("block_from", optimum.BlockFrom);
        c.Expect("harm", optimum.Harm);
        c.Expect("reviews", optimum.Reviews);
        c.LeaveOut("pairs_with_this_harm", "brute force counts the ties; the search does not need to");
    }
}
