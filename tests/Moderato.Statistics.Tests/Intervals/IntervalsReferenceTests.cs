using Moderato.Statistics.Intervals;
using Moderato.Statistics.Tests.Reference;

namespace Moderato.Statistics.Tests.Intervals;

public sealed class WilsonIntervalTests
{
    private static readonly ReferenceFile File = ReferenceFile.Read("intervals");

    public static TheoryData<string> Cases => [.. File.Names.Select(row => row.Data).Where(name => name.StartsWith("Wilson", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Agrees_with_statsmodels(string name) => File.Check(name, new Dictionary<string, Action<ReferenceCase>>
    {
        ["Wilson"] = c =>
        {
            if (c.Error() is not null)
            {
                Assert.Equal(new Interval(0, 1), WilsonInterval.Of(0, 0));
                return;
            }

            var ours = c.Numbers("count").Zip(c.Numbers("nobs"), (k, n) => WilsonInterval.Of((long)k, (long)n, 1 - c.Number("alpha"))).ToArray();
            c.Expect("low", [.. ours.Select(interval => interval.Low)]);
            c.Expect("high", [.. ours.Select(interval => interval.High)]);
        },
    });
}
