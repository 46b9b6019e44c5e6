namespace Moderato.Investigation.Diagnosing;

/// <summary>
/// Whether more of what is flagged in a kind of content is truly safe than of what is flagged elsewhere at like scores. A kind that
/// is flagged more because more of it violates is no error of the model, and one cut mends it; a kind whose scores say too
/// much is. Both periods speak, each for itself. Risk differences by band of the score, weighted as Mantel and Haenszel do, over their standard error.
/// </summary>
internal static class FlagSoundness
{
    /// <summary>So many standard errors leave no doubt, even where a move of the cut would mend the excess too.</summary>
    private const double Certain = 3;

    private const double Likely = 1.645;
    private const double Possible = 1;
    private const double Denied = -0.5;

    public enum Verdict
    {
        /// <summary>The kind is flagged as soundly as others: what is wrong is the cut.</summary>
        Sound,

        Unclear,

        /// <summary>The model is wrong about the kind.</summary>
        Unsound,
    }

    /// <param name="cutMends">One move of the cuts takes most of the excess away at a price that can be paid.</param>
    public static Verdict Of(Evidence evidence, AccountStrata strata, bool[] inside, bool cutMends)
    {
        double z = Z(evidence, strata, inside);
        return z >= Certain || (z >= Likely && !cutMends) ? Verdict.Unsound
            : z <= Denied || (z < Possible && cutMends) ? Verdict.Sound
            : Verdict.Unclear;
    }

    /// <returns>z; 0 where one side has no labelled flag.</returns>
    private static double Z(Evidence evidence, AccountStrata strata, bool[] inside)
    {
        var cells = new (double Rows, double Weight, double Squares, double Safe)[AccountStrata.Twins.Count, 2];
        for (int row = 0; row < inside.Length; row++)
        {
            double weight = evidence.Weights[row];
            if (weight > 0 && evidence.IsFlagged(row))
            {
                ref var cell = ref cells[strata.Of(row), inside[row] ? 1 : 0];
                cell = (cell.Rows + 1, cell.Weight + weight, cell.Squares + (weight * weight), cell.Safe + (evidence.Table.Labels[row] == 0 ? weight : 0));
            }
        }

        double difference = 0, variance = 0;
        for (int h = 0; h < cells.GetLength(0); h++)
        {
            var (here, there) = (cells[h, 1], cells[h, 0]);
            if (here.Rows == 0 || there.Rows == 0)
            {
                continue;
            }

            double n = here.Weight * here.Weight / here.Squares, m = there.Weight * there.Weight / there.Squares;
            double share = (((here.Safe / here.Weight * n) + (there.Safe / there.Weight * m)) + .5) / (n + m + 1);
            double mass = n * m / (n + m);
            difference += mass * ((here.Safe / here.Weight) - (there.Safe / there.Weight));
            variance += mass * mass * share * (1 - share) * ((1 / n) + (1 / m));
        }

        return variance > 0 ? difference / Math.Sqrt(variance) : 0;
    }
}
