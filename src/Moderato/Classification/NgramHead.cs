namespace Moderato.Classification;

/// <summary>
/// What follows the sums of a text's rows. With z the <see cref="NgramModel.Lanes"/> scaled sums over √n and C categories:
/// logit_c = z_c + Biases_c + Σ_j Output_{c,j} · s(HiddenBiases_j + Σ_l Hidden_{j,l} z_l), s(x) = x / (1 + |x|).
/// Without hidden units the model is linear and lanes beyond C are unused.
/// </summary>
/// <param name="Biases">C values.</param>
/// <param name="Hidden">J × <see cref="NgramModel.Lanes"/> values, a hidden unit a row.</param>
/// <param name="HiddenBiases">J values; J may be 0.</param>
/// <param name="Output">C × J values, a category a row.</param>
public sealed record NgramHead(float[] Biases, float[] Hidden, float[] HiddenBiases, float[] Output)
{
    public int HiddenUnits => HiddenBiases.Length;

    public static NgramHead Linear(params float[] biases) => new(biases, [], [], []);

    /// <summary>Only +, ·, / and |x| in double and in a fixed order, so that every machine gives the same bits.</summary>
    internal void Apply(ReadOnlySpan<double> lanes, Span<double> logits)
    {
        for (int c = 0; c < logits.Length; c++)
        {
            logits[c] = lanes[c] + Biases[c];
        }

        for (int j = 0; j < HiddenUnits; j++)
        {
            double input = HiddenBiases[j];
            for (int l = 0; l < NgramModel.Lanes; l++)
            {
                input += Hidden[(j * NgramModel.Lanes) + l] * lanes[l];
            }

            double active = input / (1 + Math.Abs(input));
            for (int c = 0; c < logits.Length; c++)
            {
                logits[c] += Output[(c * HiddenUnits) + j] * active;
            }
        }
    }
}
