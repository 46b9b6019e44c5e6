namespace Moderato.Statistics.Thresholds;

/// <summary>
/// Fixed-sequence Learn-then-Test (Angelopoulos et al. 2021): candidates are tested from the safest on, each at the whole δ,
/// and testing stops at the first failure; P(any certified candidate has risk above α) ≤ δ. The order is fixed before the
/// losses are seen. Labels must be a simple random sample of the class: one inclusion probability for all.
/// </summary>
public static class LearnThenTest
{
    /// <summary>How many candidates from the front are certified: those before the first p-value above δ.</summary>
    public static int Certified(ReadOnlySpan<double> pValues, double delta)
    {
        for (int i = 0; i < pValues.Length; i++)
        {
            // A NaN certifies nothing.
            if (!(pValues[i] <= delta))
            {
                return i;
            }
        }

        return pValues.Length;
    }

    /// <summary>The last certified candidate of a sequence of binary losses.</summary>
    /// <param name="errors">Errors of each candidate among the n of the class, safest first.</param>
    /// <param name="n">Size of the class: truly violating rows for an FNR, truly safe ones for an FPR.</param>
    /// <param name="alpha">The risk that must not be exceeded.</param>
    /// <param name="delta">1 − confidence.</param>
    public static GuaranteedChoice Choose(ReadOnlySpan<long> errors, long n, double alpha, double delta)
    {
        var pValues = new double[errors.Length];
        int tested = 0;
        while (tested < errors.Length && (pValues[tested] = HoeffdingBentkus.Binary(errors[tested], n, alpha)) <= delta)
        {
            tested++;
        }

        return tested > 0
            ? new GuaranteedChoice.Certified(tested - 1, pValues[tested - 1])
            : new GuaranteedChoice.Infeasible(errors.Length == 0 ? 1 : pValues[0], LabelsForNoError(alpha, delta));
    }

    /// <summary>The least n at which even no error at all would be certified: (1 − α)ⁿ ≤ δ.</summary>
    public static long LabelsForNoError(double alpha, double delta) =>
        (long)Math.Ceiling((Math.Log(delta) / Math.Log(1 - alpha)) - 1e-9);
}

/// <summary>What a guarantee ends in.</summary>
public abstract record GuaranteedChoice
{
    private GuaranteedChoice()
    {
    }

    /// <param name="Index">Index of the candidate in the sequence.</param>
    public sealed record Certified(int Index, double P) : GuaranteedChoice;

    /// <param name="SafestP">p-value of the safest candidate.</param>
    /// <param name="LabelsForNoError">Labels of the class at which a candidate without error would be certified.</param>
    public sealed record Infeasible(double SafestP, long LabelsForNoError) : GuaranteedChoice;
}
