using Moderato.Decisions;
using Moderato.Investigation.Findings;
using Moderato.Pictures;

namespace Moderato.Investigation.Diagnosing.Suspects;

/// <summary>Flagging begins at a lower score than in the reference: the false positives between the two cuts were passed before.</summary>
public static class MovedCut
{
    public static Suspect? Of(Evidence evidence)
    {
        var cuts = BlockCuts.Of(evidence.Table);
        if (!evidence.HasReference || !cuts.Moved || cuts.Current > cuts.Reference)
        {
            return null;
        }

        Suspect? self = null;
        self = new Suspect(
            Causes.Threshold,
            Marks.On(row => evidence.IsFlagged(row) && evidence.Table.IsCurrent(row) && evidence.Table.Scores![row] < cuts.Reference),
            t => t.FalsePositivesOf(0),
            account =>
            {
                var (share, error) = account.Share(self!);
                return new Claim(
                    Causes.Threshold, share, error,
                    $"Contents are flagged from {Numbers.Cut(cuts.Current)}, in the reference from {Numbers.Cut(cuts.Reference)}; {Numbers.Percent(Math.Min(1, share))} of the excess false positives score between the two.",
                    [$"The lowest flagged score shows the cut of each period: {Numbers.Cut(cuts.Reference)} then, {Numbers.Cut(cuts.Current)} now."])
                {
                    Rows = Between(evidence, cuts),
                    LeastBrought = FlagsUnderTheOldCut(evidence, cuts.Reference!.Value) < Yardstick.RelevantRise ? account.LeastPart(self!) : null,
                    Trigger = Triggers.OfVersionChange(evidence) ?? new("release", Onset.Of(evidence, Between(evidence, cuts)), "another threshold set"),
                };
            });
        return self;
    }

    /// <summary>What part of current contents the reference's cut would flag, over what part of the reference it flagged.</summary>
    private static double FlagsUnderTheOldCut(Evidence evidence, double cut)
    {
        double current = 0, flags = 0, reference = 0, referenceFlags = 0;
        for (int row = 0; row < evidence.Table.Count; row++)
        {
            bool flagged = evidence.IsFlagged(row) && evidence.Table.Scores![row] >= cut;
            if (evidence.Table.IsCurrent(row))
            {
                (current, flags) = (current + 1, flags + (flagged ? 1 : 0));
            }
            else
            {
                (reference, referenceFlags) = (reference + 1, referenceFlags + (flagged ? 1 : 0));
            }
        }

        return flags / current / (referenceFlags / reference);
    }

    private static bool[] Between(Evidence evidence, BlockCuts cuts)
    {
        var table = evidence.Table;
        return [.. Enumerable.Range(0, table.Count).Select(row =>
            table.Verdicts[row] == Verdict.Violating && table.IsCurrent(row) && table.Scores![row] < cuts.Reference)];
    }
}
