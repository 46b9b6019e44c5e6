namespace Moderato.Statistics.Tests.Simulations;

/// <summary>
/// The quick half of the simulations: a few hundred draws of each interval, which see a coverage that is far off. The long
/// half is <c>dotnet run -c Release --project bench/Moderato.Benchmarks -- coverage</c>, its table bench/results/coverage.md.
/// </summary>
public sealed class SimulatedCoverageTests
{
    private const int Trials = 60;
    private const int Resamples = 200;

    private static readonly CoverageCase[] Cases = [.. AuditCoverage.All, .. CurveCoverage.All(Resamples), .. AgreementCoverage.All];

    public static TheoryData<string> Names => [.. Cases.Select(one => one.ToString())];

    [Theory]
    [MemberData(nameof(Names))]
    public void Covers_near_its_nominal_level(string name)
    {
        var drawn = Cases.Single(one => one.ToString() == name);
        var found = drawn.Run(Trials);

        Assert.InRange(found.Covered, drawn.Exempt is null ? CoverageCase.Least - (3.5 * found.StandardError) : 0, 1);
        Assert.InRange(found.Unknown, 0, .1);
    }
}
