namespace Moderato.Investigation.Shift;

/// <summary>
/// What score a text is expected to get, as the classifier scored texts of the reference: linear regression of the score's log
/// odds on hashed features, each text's features scaled to length 1, fitted like <see cref="DomainModel"/>. A prognostic score
/// (Hansen 2008): contents of like expectation may be compared between periods, whatever became commoner.
/// </summary>
internal sealed class ExpectedScoreModel
{
    private const int Passes = 3;
    private const float Rate = .4f;

    /// <summary>Log odds beyond which a score of 4 decimals is 0 or 1.</summary>
    private const double Extreme = 7;

    private readonly float[] weights = new float[DomainModel.Rows];
    private float mean;

    /// <summary>Expected log odds.</summary>
    public double Score(ReadOnlySpan<int> features)
    {
        float sum = 0;
        foreach (int feature in features)
        {
            sum += weights[feature];
        }

        return features.IsEmpty ? mean : mean + (sum / MathF.Sqrt(features.Length));
    }

    public static double Target(double score) => Math.Clamp(Math.Log(score / (1 - score)), -Extreme, Extreme);

    /// <param name="order">Texts to fit, in the order in which they are seen.</param>
    /// <param name="targets">Log odds by text.</param>
    public static ExpectedScoreModel Fit(FeatureRows texts, ReadOnlySpan<int> order, ReadOnlySpan<double> targets)
    {
        var model = new ExpectedScoreModel();
        double sum = 0;
        foreach (int text in order)
        {
            sum += targets[text];
        }

        model.mean = order.Length == 0 ? 0 : (float)(sum / order.Length);
        var squares = new float[DomainModel.Rows];
        for (int pass = 0; pass < Passes; pass++)
        {
            foreach (int text in order)
            {
                var features = texts[text];
                if (features.IsEmpty)
                {
                    continue;
                }

                float step = ((float)model.Score(features) - (float)targets[text]) / MathF.Sqrt(features.Length), square = step * step;
                foreach (int feature in features)
                {
                    ref float seen = ref squares[feature];
                    seen += square;
                    model.weights[feature] -= Rate * step / MathF.Sqrt(seen + 1e-4f);
                }
            }
        }

        return model;
    }
}
