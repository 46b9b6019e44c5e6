using System.Text.Json;
using Moderato.Statistics.Detection;
using Moderato.Statistics.Distributions;
using Moderato.Statistics.Tests.Reference;

namespace Moderato.Statistics.Tests.Detection;

public sealed class DetectionReferenceTests
{
    private static readonly ReferenceFile File = ReferenceFile.Read("detection");

    public static TheoryData<string> Cases => File.Names;

    [Theory]
    [MemberData(nameof(Cases))]
    public void Agrees_with_independent_libraries(string name) => File.Check(name, new Dictionary<string, Action<ReferenceCase>>
    {
        ["trailing 30 days"] = Trailing,
        ["EWMA"] = Average,
        ["CUSUM"] = Sums,
        ["Laney"] = Laney,
        ["beta-binomial"] = BetaBinomial,
    });

    private static void Trailing(ReferenceCase c)
    {
        var ours = TrailingWindow.Of(c.Numbers("x"));
        c.Expect("mean", [.. ours.Select(day => day.Mean)]);
        c.Expect("sd", [.. ours.Select(day => day.StandardDeviation)]);
        c.Expect("z", [.. ours.Select(day => day.Z)]);
        if (c.Expected("alarm_beyond_2").EnumerateArray().FirstOrDefault() is { ValueKind: JsonValueKind.Number })
        {
            c.Expect("alarm_beyond_2", [.. Enumerable.Range(0, ours.Length).Where(day => ours[day].IsBeyond(2)).Select(day => (double)day)]);
        }
        else if (c.Expected("alarm_beyond_2").GetArrayLength() == 0)
        {
            Assert.DoesNotContain(ours, day => day.IsBeyond(2));
        }
        else
        {
            c.Expect("alarm_beyond_2", [.. ours.Select(day => day.IsBeyond(2))]);
        }
    }

    private static void Average(ReferenceCase c)
    {
        var ours = Ewma.Of(c.Numbers("x"), c.Number("mu"), c.Number("sigma"), c.Number("weight"), c.Number("limit"));
        c.Expect("z", [.. ours.Select(day => day.Value)]);
        c.Expect("lower", [.. ours.Select(day => day.Lower)]);
        c.Expect("upper", [.. ours.Select(day => day.Upper)]);
        c.Expect("alarms", [.. Enumerable.Range(0, ours.Length).Where(day => ours[day].IsOutside).Select(day => (double)day)]);
    }

    private static void Sums(ReferenceCase c)
    {
        var ours = Cusum.Of(c.Numbers("x"), c.Number("mu"), c.Number("sigma"), c.Number("k"));
        c.Expect("up", [.. ours.Select(day => day.Up)]);
        c.Expect("down", [.. ours.Select(day => day.Down)]);
        Assert.Equal(Index(c.Expected("first_alarm_up")), Cusum.FirstAbove(ours, c.Number("h")));
        Assert.Equal(Index(c.Expected("first_alarm_down")), Cusum.FirstBelow(ours, c.Number("h")));
    }

    private static void Laney(ReferenceCase c)
    {
        long[] events = [.. c.Numbers("x").Select(x => (long)x)], contents = [.. c.Numbers("n").Select(n => (long)n)];
        var ours = LaneyChart.Of(events, contents);
        c.Expect("p", ours.P);
        c.Expect("z", [.. ours.Z]);
        c.Expect("sigma_z", ours.SigmaZ);
        c.Expect("lower_unclipped", [.. ours.Lower]);
        c.Expect("upper_unclipped", [.. ours.Upper]);
        c.LeaveOut("sigma_z_exact_d2", "ours takes the tabled 1.128, as Laney does");
    }

    private static void BetaBinomial(ReferenceCase c)
    {
        var ours = new BetaBinomialDistribution(c.Integer("n"), c.Number("a"), c.Number("b"));
        c.Expect("ppf", [.. c.Numbers("q").Select(q => (double)ours.Quantile(q))]);
        c.Expect("cdf", [.. c.Numbers("k").Select(k => ours.LowerTail((long)k))]);
        c.Expect("sf", [.. c.Numbers("k").Select(k => ours.UpperTail((long)k))]);
        c.Expect("mean", ours.Mean);
        c.Expect("variance", ours.Variance);
    }

    private static int? Index(JsonElement value) => value.ValueKind == JsonValueKind.Null ? null : value.GetInt32();
}
