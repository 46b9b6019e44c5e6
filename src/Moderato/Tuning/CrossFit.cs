using Moderato.Decisions;

namespace Moderato.Tuning;

/// <summary>
/// Cuts chosen on four fifths of the labels and judged on the fifth that they have not seen, each fifth in turn: what choosing
/// cuts in this way really brings. Each class is dealt out evenly, and what belongs together stays together.
/// </summary>
internal sealed class CrossFit
{
    private const int Folds = 5;
    private readonly Dictionary<int, int> foldOf = [];
    private readonly bool[] holdsSafe = new bool[Folds];
    private readonly bool[] holdsViolating = new bool[Folds];
    private readonly TuningRows rows;

    public CrossFit(TuningRows rows)
    {
        this.rows = rows;
        int safe = 0, violating = 0;
        foreach (var row in rows.Rows)
        {
            int draw = rows.Evidence.Draws[row.Row];
            if (!foldOf.TryGetValue(draw, out int fold))
            {
                fold = (row.Violating ? violating++ : safe++) % Folds;
                foldOf[draw] = fold;
            }

            (row.Violating ? holdsViolating : holdsSafe)[fold] = true;
        }
    }

    /// <summary>The class without which no cut can be chosen once one fifth is left out; null where there is none.</summary>
    public string? Lacking =>
        holdsViolating.Count(holds => holds) < 2 ? "violating" : holdsSafe.Count(holds => holds) < 2 ? "safe" : null;

    /// <param name="choose">Cuts from the labelled rows that take part.</param>
    /// <returns>The cuts that a row is judged under: those that its fifth had no part in. An unlabelled row belongs to a fifth too.</returns>
    public Func<int, Cuts> Choose(Func<LabelMasses, Cuts> choose)
    {
        int[] folds = [.. rows.Rows.Select(row => FoldOf(row.Row))];
        var chosen = Enumerable.Range(0, Folds)
            .Select(fold => choose(LabelMasses.Of(rows, i => folds[i] != fold)))
            .ToArray();
        return row => chosen[FoldOf(row)];
    }

    private int FoldOf(int row)
    {
        int draw = rows.Evidence.Draws[row];
        return foldOf.TryGetValue(draw, out int fold) ? fold : (int)((uint)draw % Folds);
    }
}
