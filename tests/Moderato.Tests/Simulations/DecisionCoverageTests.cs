using Moderato.Statistics.Tests.Simulations;

namespace Moderato.Tests.Simulations;

/// <summary>The quick half of the simulations of what commands print; the long one is the bench's verb <c>coverage</c>.</summary>
public sealed class DecisionCoverageTests
{
    private const int Trials = 40;

    private static readonly CoverageCase[] Cases = [.. DecisionCoverage.All];

    public static TheoryData<string> Names => [.. Cases.Select(one => one.ToString())];

    [Theory]
    [MemberData(nameof(Names))]
    public void Covers_near_its_nominal_level(string name)
    {
        var found = Cases.Single(one => one.ToString() == name).Run(Trials);

        Assert.InRange(found.Covered, CoverageCase.Least - (3.5 * found.StandardError), 1);
        Assert.InRange(found.Unknown, 0, .2);
    }
}
