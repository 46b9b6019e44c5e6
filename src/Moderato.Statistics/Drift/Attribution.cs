namespace Moderato.Statistics.Drift;

/// <summary>
/// The change of a false-positive rate split exactly into mix shift (the slices' shares moved) and rate change (the rates
/// inside the slices moved): Δ = Σ (w₁−w₀)(r₀+r₁)/2 + (r₁−r₀)(w₀+w₁)/2, with w_s the share of the truly safe content in slice s
/// and r_s its rate (Kitagawa 1955). Only the sum over slices of mix compares with the change: one slice's part depends on the level of the rates.
/// </summary>
/// <param name="Change">Rate after − rate before; Mix + Rate.</param>
/// <param name="Slices">In the order given.</param>
public sealed record Attribution(double Change, double Mix, double Rate, IReadOnlyList<SliceEffect> Slices)
{
    /// <summary>
    /// A slice of one period only borrows that period's rate for the other, so that all of its effect is mix. Null where a
    /// period has no safe content: its rate is undefined.
    /// </summary>
    /// <exception cref="ArgumentException">A count is NaN, negative, or more false positives than safe contents.</exception>
    public static Attribution? Of(ReadOnlySpan<SliceCounts> slices)
    {
        double before = 0, after = 0, fpBefore = 0, fpAfter = 0;
        for (int i = 0; i < slices.Length; i++)
        {
            var s = slices[i];
            if (!(s.FalsePositivesBefore >= 0 && s.FalsePositivesBefore <= s.SafeBefore && s.FalsePositivesAfter >= 0
                && s.FalsePositivesAfter <= s.SafeAfter && double.IsFinite(s.SafeBefore + s.SafeAfter)))
            {
                throw new ArgumentException($"Slice {i} needs 0 ≤ false positives ≤ safe contents, and no NaN, in either period.", nameof(slices));
            }

            before += s.SafeBefore;
            after += s.SafeAfter;
            fpBefore += s.FalsePositivesBefore;
            fpAfter += s.FalsePositivesAfter;
        }

        if (before == 0 || after == 0)
        {
            return null;
        }

        double mix = 0, rate = 0;
        var effects = new SliceEffect[slices.Length];
        for (int i = 0; i < slices.Length; i++)
        {
            var s = slices[i];
            double w0 = s.SafeBefore / before, w1 = s.SafeAfter / after;
            double r0 = s.SafeBefore > 0 ? s.FalsePositivesBefore / s.SafeBefore : s.SafeAfter > 0 ? s.FalsePositivesAfter / s.SafeAfter : 0;
            double r1 = s.SafeAfter > 0 ? s.FalsePositivesAfter / s.SafeAfter : r0;
            effects[i] = new((w1 - w0) * (r0 + r1) / 2, (r1 - r0) * (w0 + w1) / 2);
            mix += effects[i].Mix;
            rate += effects[i].Rate;
        }

        return new((fpAfter / after) - (fpBefore / before), mix, rate, effects);
    }
}

/// <summary>Truly safe contents of a slice and the false positives among them, in both periods; sums of 1/π where labels were sampled.</summary>
public readonly record struct SliceCounts(double SafeBefore, double FalsePositivesBefore, double SafeAfter, double FalsePositivesAfter);

/// <summary>What one slice adds to the change of the rate.</summary>
public readonly record struct SliceEffect(double Mix, double Rate);
