using Moderato.Decisions;
using Moderato.Statistics.Intervals;

namespace Moderato.Investigation.Findings;

/// <summary>How reviewers vote on contents with one verdict of the classifier; the three shares add up to 1.</summary>
/// <param name="AllSafe">All votes say safe: with a verdict of violating, a clear error.</param>
/// <param name="Split">Votes on both sides: contested.</param>
/// <param name="AllViolating">All votes say violating.</param>
public sealed record VerdictAgreement(Verdict Verdict, Rate AllSafe, Rate Split, Rate AllViolating);
