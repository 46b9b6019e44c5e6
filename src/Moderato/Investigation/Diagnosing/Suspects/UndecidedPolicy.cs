using Moderato.Investigation.Findings;
using Moderato.Pictures;

namespace Moderato.Investigation.Diagnosing.Suspects;

/// <summary>
/// The policy does not decide these contents: reviewers split where the false positives are. No model mends it, a clause does.
/// Explained are the contested false positives over those that the yardstick allows.
/// </summary>
public static class UndecidedPolicy
{
    private const int Contested = 0;
    private const int Voted = 1;
    private const int ReferenceContested = 2;
    private const int ReferenceVoted = 3;
    private const int SafeContested = 4;
    private const int SafeVoted = 5;

    /// <summary>Below this share of contested false positives, reviewers split as they always do.</summary>
    private const double LeastContested = 0.2;

    public static Suspect? Of(Evidence evidence)
    {
        var table = evidence.Table;
        if (table.Votes is not { } votes)
        {
            return null;
        }

        double Mark(int row, bool current, bool contested) =>
            evidence.IsFalsePositive(row) && table.IsCurrent(row) == current && votes[row].All > 1 && (!contested || votes[row].Contested) ? 1 : 0;
        double Unflagged(int row, bool contested) =>
            table.Labels[row] == 0 && !evidence.IsFlagged(row) && votes[row].All > 1 && (!contested || votes[row].Contested) ? 1 : 0;

        Suspect? self = null;
        self = new Suspect(
            Causes.Policy,
            [
                row => Mark(row, true, true), row => Mark(row, true, false), row => Mark(row, false, true), row => Mark(row, false, false),
                row => Unflagged(row, true), row => Unflagged(row, false),
            ],
            t => LabelNoise.SurplusOf(t, Contested, Voted, ReferenceContested, ReferenceVoted),
            account => Testify(account, self!));
        return self;
    }

    // Near any cut some votes split: contested must be clearly commoner than on other safe content.
    private static Claim? Testify(ExcessAccount account, Suspect self)
    {
        var (contested, error) = account.Of(self, t => t[Voted] > 0 ? t[Contested] / t[Voted] : double.NaN);
        var (elsewhere, _) = account.Of(self, t => t[SafeVoted] > 0 ? t[SafeContested] / t[SafeVoted] : 0);
        var (share, shareError) = account.Share(self);
        return !(contested - (1.645 * error) > Math.Max(LeastContested, 1.5 * elsewhere))
            ? null
            : new Claim(
                Causes.Policy, share, shareError,
                $"{Numbers.Percent(Math.Min(1, share))} of the excess false positives are contents on which reviewers split: the policy does not decide them.",
                [
                    $"Reviewers split on {Numbers.Percent(contested)} of the false positives that have several votes, and on {Numbers.Percent(elsewhere)} of the other safe contents.",
                ]);
    }
}
