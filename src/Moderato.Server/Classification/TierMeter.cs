using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Moderato.Server.Classification;

/// <summary>Calls, tokens, money and time of each later tier, for whoever listens. No content, no category.</summary>
public static class TierMeter
{
    public const string Name = "Moderato.Tiers";

    private static readonly Meter Meter = new(Name);

    private static readonly Counter<long> Asked = Meter.CreateCounter<long>("moderato.tier.contents", description: "Contents that a later tier was to be asked about, by what came of it.");

    private static readonly Counter<long> Calls = Meter.CreateCounter<long>("moderato.tier.calls", description: "Calls made for them.");

    private static readonly Counter<long> Tokens = Meter.CreateCounter<long>("moderato.tier.tokens", description: "Tokens read and written.");

    private static readonly Counter<double> Cost = Meter.CreateCounter<double>("moderato.tier.cost", description: "In the currency that endpoints are priced in.");

    private static readonly Histogram<double> Seconds = Meter.CreateHistogram<double>("moderato.tier.duration", "s", "Until the outcome was known.");

    internal static void Count(string tier, TierAnswer answer, TimeSpan took)
    {
        var tags = new TagList { { "tier", tier }, { "outcome", TierDetail.OutcomeName(answer.Outcome) } };
        Asked.Add(1, tags);
        Seconds.Record(took.TotalSeconds, tags);
        var own = new TagList { { "tier", tier } };
        Calls.Add(answer.Cost.Calls, own);
        Cost.Add(answer.Cost.CostMicros / 1e6, own);
        Tokens.Add(answer.Cost.InputTokens, new TagList { { "tier", tier }, { "direction", "input" } });
        Tokens.Add(answer.Cost.OutputTokens, new TagList { { "tier", tier }, { "direction", "output" } });
    }
}
