using CsCheck;
using Moderato.Releases;

namespace Moderato.Tests.Releases;

public sealed class CalibrationMapTests
{
    private static readonly CalibrationMap Map = new([-2, 0, 3], [0.01, 0.2, 0.9], 0.05);

    [Theory]
    [InlineData(double.NegativeInfinity, 0.01)]
    [InlineData(-2, 0.01)]
    [InlineData(-1, 0.105)]
    [InlineData(0, 0.2)]
    [InlineData(1.5, 0.55)]
    [InlineData(3, 0.9)]
    [InlineData(double.PositiveInfinity, 0.9)]
    public void Is_linear_between_knots_and_constant_beyond(double raw, double probability) =>
        Assert.Equal(probability, Map.Probability(raw), 1e-15);

    [Fact]
    public void Never_falls() =>
        Gen.Double[-5, 5].Select(Gen.Double[-5, 5]).Sample((a, b) =>
            Map.Score(Math.Min(a, b)) <= Map.Score(Math.Max(a, b)));
}
