using Moderato.Investigation.Findings;
using Moderato.Pictures;

namespace Moderato.Investigation.Diagnosing.Suspects;

/// <summary>
/// The ranking is right, the scores moved: one monotone map, the same in every slice, takes the current scores back to the
/// reference's. Explained are the false positives that lose their flag under the map fitted on the other half.
/// </summary>
public static class MovedScores
{
    /// <summary>One map must undo at least this part of what happened in the slices of every column.</summary>
    private const double LeastUniformity = 0.75;

    /// <summary>Texts that both periods have must be scored otherwise now, at least half as far as the map says.</summary>
    private const double LeastMoved = 0.5;

    /// <summary>One-sided 95%.</summary>
    private const double BeyondChance = 1.645;

    public static Suspect? Of(Evidence evidence, ScoreMove? move, NewContent newContent)
    {
        if (move is null || !(move.Uniformity >= LeastUniformity) || !(move.RiseAtCut >= BeyondChance) || move.SameTextsMoved < LeastMoved)
        {
            return null;
        }

        Suspect? self = null;
        self = new Suspect(
            Causes.Calibration,
            Marks.On(row => evidence.Table.IsCurrent(row) && move.Undone(row) > 0, row => newContent.Old(row) * move.Undone(row)),
            t => t.FalsePositivesOf(0),
            account =>
            {
                var (share, error) = account.Share(self!);
                bool[] removed = [.. Enumerable.Range(0, evidence.Table.Count).Select(row => evidence.Table.IsCurrent(row) && move.Removes(row))];
                return new Claim(
                    Causes.Calibration, share, error,
                    move.MappedCut > move.Cut
                        ? $"The scores moved up everywhere alike: what scored {Numbers.Cut(move.Cut)} in the reference scores {Numbers.Cut(Math.Round(move.MappedCut, 3))} now, and mapping them back removes {Numbers.Percent(Math.Min(1, share))} of the excess false positives."
                        : $"The scores moved up everywhere alike: what scored {Numbers.Cut(Math.Round(move.MovedToCut, 3))} in the reference scores {Numbers.Cut(move.Cut)} now. That brought {Numbers.Percent(Math.Min(1, share))} of the excess false positives; no score lies between to cut at.",
                    [
                        $"One move of all scores explains {Numbers.Percent(Math.Clamp(move.Uniformity, 0, 1))} of the change of the flags by slice where it fits worst ({move.LeastUniformColumn}).",
                        "Measured on the half of the contents on which the map was not fitted.",
                    ])
                {
                    Rows = removed.Contains(true) ? removed : null,
                    LeastBrought = account.LeastPart(self!),
                    Trigger = Triggers.OfVersionChange(evidence) ?? new("provider", Onset.OfFlags(evidence), "the scores changed without a change of release"),
                };
            });
        return self;
    }
}
