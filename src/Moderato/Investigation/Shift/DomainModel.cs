namespace Moderato.Investigation.Shift;

/// <summary>
/// Logistic regression of "current or reference?" on hashed features, each text's features scaled to length 1, fitted by
/// two passes of AdaGrad (Duchi, Hazan and Singer 2011) that stop early instead of a penalty. Both sides weigh the same, so
/// that the score is P(current) at even odds.
/// </summary>
internal sealed class DomainModel
{
    public const int Rows = 1 << 18;

    private const int Passes = 3;
    private const float Rate = .4f;

    private readonly float[] weights = new float[Rows];
    private float bias;

    /// <summary>Log-odds that a text with these features is of the current side; 0 for a text without any.</summary>
    public double Score(ReadOnlySpan<int> features)
    {
        if (features.IsEmpty)
        {
            return 0;
        }

        float sum = 0;
        foreach (int feature in features)
        {
            sum += weights[feature];
        }

        return bias + (sum / MathF.Sqrt(features.Length));
    }

    /// <param name="order">Texts to fit, in the order in which they are seen.</param>
    public static DomainModel Fit(FeatureRows texts, ReadOnlySpan<int> order, ReadOnlySpan<bool> current)
    {
        int ofCurrent = 0;
        foreach (int text in order)
        {
            ofCurrent += current[text] ? 1 : 0;
        }

        var model = new DomainModel();
        if (ofCurrent == 0 || ofCurrent == order.Length)
        {
            return model;
        }

        float weightCurrent = order.Length / (2f * ofCurrent), weightReference = order.Length / (2f * (order.Length - ofCurrent));
        var squares = new float[Rows];
        float biasSquares = 1;
        for (int pass = 0; pass < Passes; pass++)
        {
            foreach (int text in order)
            {
                var features = texts[text];
                if (features.IsEmpty)
                {
                    continue;
                }

                float probability = 1 / (1 + MathF.Exp(-(float)model.Score(features)));
                float gradient = current[text] ? weightCurrent * (probability - 1) : weightReference * probability;
                biasSquares += gradient * gradient;
                model.bias -= Rate * gradient / MathF.Sqrt(biasSquares);
                float step = gradient / MathF.Sqrt(features.Length), square = step * step;
                foreach (int feature in features)
                {
                    ref float sum = ref squares[feature];
                    sum += square;
                    model.weights[feature] -= Rate * step / MathF.Sqrt(sum + 1e-4f);
                }
            }
        }

        return model;
    }
}
