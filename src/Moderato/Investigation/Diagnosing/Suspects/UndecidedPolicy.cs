using Moderato.Decisions;
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
    private const int Unanimous = 1;

    /// <summary>Below this share of contested false positives, reviewers split as they always do.</summary>
    private const double LeastContested = 0.2;

    public static Suspect? Of(Evidence evidence)
    {
        var table = evidence.Table;
        if (table.Votes is not { } votes)
        {
            return null;
        }

        int Mark(int row) => votes[row].All <= 1 ? -1 : votes[row].Contested ? Contested : Unanimous;

        Suspect? self = null;
        self = new Suspect(
            Causes.Policy,
            new Marks(2, Mark) { OnLabelledOnly = true },
            t => LabelNoise.SurplusOf(t, Contested, Unanimous),
            account => Testify(account, self!));
        return self;
    }

    /// <summary>The part of safe contents, not flagged, on which reviewers split.</summary>
    private static double SplitElsewhere(MarkTotals t)
    {
        double split = t.SafeOf(Contested) - t.FalsePositivesOf(Contested), all = split + t.SafeOf(Unanimous) - t.FalsePositivesOf(Unanimous);
        return all > 0 ? split / all : 0;
    }

    // Near any cut some votes split: contested must be clearly commoner than on other safe content.
    private static Claim? Testify(ExcessAccount account, Suspect self)
    {
        var (contested, error) = account.Of(self, t => LabelNoise.ShareOf(t, Contested, Unanimous, Period.Current));
        var (elsewhere, _) = account.Of(self, SplitElsewhere);
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
