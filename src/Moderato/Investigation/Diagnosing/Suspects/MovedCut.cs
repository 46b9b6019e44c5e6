using Moderato.Decisions;
using Moderato.Investigation.Findings;
using Moderato.Pictures;

namespace Moderato.Investigation.Diagnosing.Suspects;

/// <summary>Flagging begins at a lower score than in the reference: the false positives between the two cuts were passed before.</summary>
public static class MovedCut
{
    public static Suspect? Of(Evidence evidence, bool[] exclude)
    {
        var cuts = BlockCuts.Of(evidence.Table);
        if (!evidence.HasReference || !cuts.Moved || cuts.Current > cuts.Reference)
        {
            return null;
        }

        Suspect? self = null;
        self = new Suspect(
            Causes.Threshold,
            [row => !exclude[row] && evidence.IsFalsePositive(row) && evidence.Table.IsCurrent(row) && evidence.Table.Scores![row] < cuts.Reference ? 1 : 0],
            t => t[0],
            account =>
            {
                var (share, error) = account.Share(self!);
                return new Claim(
                    Causes.Threshold, share, error,
                    $"Contents are flagged from {Numbers.Cut(cuts.Current)}, in the reference from {Numbers.Cut(cuts.Reference)}; {Numbers.Percent(Math.Min(1, share))} of the excess false positives score between the two.",
                    [$"The lowest flagged score shows the cut of each period: {Numbers.Cut(cuts.Reference)} then, {Numbers.Cut(cuts.Current)} now."])
                {
                    Rows = Between(evidence, cuts),
                    Trigger = Triggers.OfVersionChange(evidence) ?? new("release", Onset.Of(evidence, Between(evidence, cuts)), "another threshold set"),
                };
            });
        return self;
    }

    private static bool[] Between(Evidence evidence, BlockCuts cuts)
    {
        var table = evidence.Table;
        return [.. Enumerable.Range(0, table.Count).Select(row =>
            table.Verdicts[row] == Verdict.Violating && table.IsCurrent(row) && table.Scores![row] < cuts.Reference)];
    }
}
