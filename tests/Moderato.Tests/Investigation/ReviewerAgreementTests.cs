using Moderato.Decisions;
using Moderato.Investigation;
using Moderato.Statistics.Intervals;
using Moderato.Tests.Investigation.Diagnosing;

namespace Moderato.Tests.Investigation;

public sealed class ReviewerAgreementTests
{
    [Fact]
    public void Without_votes_there_is_nothing_to_agree_on() =>
        Assert.Empty(RateFindings.Of(PlantedLog.Of(1, 200, PlantedLog.Usual, PlantedLog.Usual).Evidence()).Agreement);

    [Fact]
    public void The_shares_of_each_verdict_add_up_to_one_and_are_those_of_its_own_contents()
    {
        var log = PlantedLog.Of(1, 2_000, PlantedLog.Usual, PlantedLog.Usual)
            .Each((row, random) => row.Votes = row.Flagged ? new Votes(random.Next(4) == 0 ? 1 : 0, 3) : new Votes(0, 3));

        var agreement = RateFindings.Of(log.Evidence(votes: true)).Agreement;

        Assert.Equal([Verdict.Violating, Verdict.Safe], agreement.Select(row => row.Verdict));
        Assert.All(agreement, row => Assert.Equal(1, Estimate(row.AllSafe) + Estimate(row.Split) + Estimate(row.AllViolating), 1e-12));
        Assert.InRange(Estimate(agreement[0].Split), 0.15, 0.35);
        Assert.Equal(0, Estimate(agreement[1].Split));
    }

    [Fact]
    public void One_vote_is_no_agreement()
    {
        var log = PlantedLog.Of(1, 200, PlantedLog.Usual, PlantedLog.Usual).Each((row, _) => row.Votes = new Votes(0, 1));

        Assert.Empty(RateFindings.Of(log.Evidence(votes: true)).Agreement);
    }

    private static double Estimate(Rate rate) => Assert.IsType<Rate.Known>(rate).Estimate;
}
