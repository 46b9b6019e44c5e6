using System.Runtime.Intrinsics;

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

    /// <summary>The head laid out for <see cref="Function.Apply"/>; of a model that was <see cref="NgramModel.Checked"/>.</summary>
    internal Function Compile() => new(this);

    /// <summary>
    /// Eight hidden units, and then all categories, side by side. Only +, ·, / and |x| in double, each sum in the order of
    /// the formula, so that every machine gives the same bits.
    /// </summary>
    internal sealed class Function
    {
        private const int Width = NgramModel.Lanes;

        private readonly int categories;
        private readonly Vector512<double> biases;

        /// <summary>A bias, then a weight a lane, for each eight hidden units.</summary>
        private readonly Vector512<double>[] hidden;

        /// <summary>What each hidden unit gives to each category.</summary>
        private readonly Vector512<double>[] output;

        public Function(NgramHead head)
        {
            int units = head.HiddenUnits;
            categories = head.Biases.Length;
            biases = Eight(c => c < categories ? head.Biases[c] : 0);
            output = [.. Enumerable.Range(0, units).Select(j => Eight(c => c < categories ? head.Output[(c * units) + j] : 0))];
            hidden = [.. from block in Enumerable.Range(0, (units + Width - 1) / Width)
                         from l in Enumerable.Range(-1, Width + 1)
                         select Eight(i => ((block * Width) + i) switch
                         {
                             var j when j >= units => 0,
                             var j when l < 0 => head.HiddenBiases[j],
                             var j => head.Hidden[(j * Width) + l],
                         })];
        }

        /// <param name="lanes"><see cref="NgramModel.Lanes"/> scaled sums.</param>
        /// <param name="logits">Receives a value a category.</param>
        public void Apply(ReadOnlySpan<double> lanes, Span<double> logits)
        {
            var sums = Vector512.Create(lanes) + biases;
            for (int j = 0; j < output.Length; j += Width)
            {
                var rows = hidden.AsSpan(j / Width * (Width + 1), Width + 1);
                var input = rows[0];
                for (int l = 0; l < Width; l++)
                {
                    input += rows[1 + l] * lanes[l];
                }

                var active = input / (Vector512<double>.One + Vector512.Abs(input));
                var from = output.AsSpan(j, Math.Min(Width, output.Length - j));
                for (int i = 0; i < from.Length; i++)
                {
                    sums += from[i] * active[i];
                }
            }

            for (int c = 0; c < categories; c++)
            {
                logits[c] = sums[c];
            }
        }

        private static Vector512<double> Eight(Func<int, double> value)
        {
            Span<double> values = stackalloc double[Width];
            for (int i = 0; i < Width; i++)
            {
                values[i] = value(i);
            }

            return Vector512.Create<double>(values);
        }
    }
}
