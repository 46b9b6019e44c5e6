using Moderato.Statistics.Intervals;

namespace Moderato.Server.Releases;

/// <summary>How many contents the later tiers were asked about to say what would change, and what that took.</summary>
/// <param name="Most">At most so many are asked about.</param>
/// <param name="Seed">Of the draw: the same seed on the same contents draws the same ones.</param>
/// <param name="Contents">Those that a later tier is asked about when the release decides.</param>
/// <param name="Asked">Drawn from them at random and asked about now.</param>
/// <param name="Judged">Of these, those that came to what the release would decide; the others met a fault of the moment and are in no rate.</param>
/// <param name="Outcomes">Whatever became of them, by release, tier and outcome.</param>
/// <param name="CostMicros">In millionths of the currency that the endpoint is priced in; 0 where it has no price.</param>
public sealed record TierTrialSummary(
    int Most, int Seed, long Contents, int Asked, int Judged, IReadOnlyList<TierTrialOutcome> Outcomes, long Calls, long InputTokens, long OutputTokens, long CostMicros)
{
    /// <summary>How the judged ones came to be so, as a rate says it.</summary>
    public string Design()
    {
        string drawn = Asked == Contents ? "all of them" : FormattableString.Invariant($"{Asked} of {Contents} drawn at random (seed {Seed})");
        return Judged == Asked ? drawn : FormattableString.Invariant($"{drawn}, of which the tiers judged {Judged}");
    }

    /// <param name="count">Of the judged ones.</param>
    /// <param name="population">What <see cref="Contents"/> counts.</param>
    public Rate Rate(long count, string population) => WhyUnknown() is { } why ? new Rate.Unknown(why) : WilsonInterval.Rate(count, Judged, population, Design());

    /// <returns>Null where a rate is known.</returns>
    public string? WhyUnknown() => Judged > 0 ? null
        : Contents == 0 ? "No content of the window goes to a later tier."
        : Asked == 0 ? FormattableString.Invariant($"A later tier is asked about {Contents} of the contents, and nobody was asked now: give later tiers a number above 0.")
        : FormattableString.Invariant($"The tiers judged none of the {Asked} contents that they were asked about: outcomes say why.");
}

/// <param name="Outcome">As in a decision's <c>tiers</c>: <c>judged</c>, a provider's fault, or why it was not asked.</param>
public sealed record TierTrialOutcome(string Release, string Tier, string Outcome, long Contents);
