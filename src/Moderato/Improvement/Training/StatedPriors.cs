using Moderato.Policies;

namespace Moderato.Improvement.Training;

/// <summary>
/// The share of violating contents at which a category's probabilities are true, where no natural sample says it. A platform
/// with another share recalibrates: p' = p·a / (p·a + (1 − p)·b) with a = π'/π and b = (1 − π')/(1 − π).
/// </summary>
public static class StatedPriors
{
    public static double Of(string category) => category switch
    {
        Category.Profanity => .05,
        Category.Spam => .05,
        _ => .01,
    };
}
