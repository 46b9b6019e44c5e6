using Moderato.Statistics.Curves;

namespace Moderato.Statistics.Calibration;

/// <summary>p = σ(logit / Temperature). One parameter: a decision at probability ½ never changes.</summary>
public sealed record TemperatureMap(double Temperature)
{
    /// <summary>The temperature of least weighted negative log likelihood (Guo et al. 2017); rows hold logits.</summary>
    /// <returns>Undefined where the best temperature is 0 (the logits separate the classes at 0) or infinite (they say nothing, or the reverse).</returns>
    public static Outcome<TemperatureMap> Fit(LabelledScores rows)
    {
        // With u = 1/T the loss is convex and its derivative Σ w (σ(uz) − y) z rises in u.
        if (Derivative(rows, 0) >= 0)
        {
            return Outcome.Undefined<TemperatureMap>("No temperature fits: the logits do not rise with the truth.");
        }

        if (Separates(rows))
        {
            return Outcome.Undefined<TemperatureMap>("No temperature fits: the logits separate the classes, so it falls to 0.");
        }

        double low = 0, high = 1;
        while (Derivative(rows, high) < 0)
        {
            (low, high) = (high, high * 2);
        }

        while (true)
        {
            double middle = low + ((high - low) / 2);
            if (middle <= low || middle >= high)
            {
                return Outcome.Defined(new TemperatureMap(1 / middle));
            }

            (low, high) = Derivative(rows, middle) < 0 ? (middle, high) : (low, middle);
        }
    }

    public double Apply(double logit) => LogisticFit.Sigmoid(logit / Temperature);

    /// <summary>Weighted mean of −ln p(y) of logits at this temperature, in nats.</summary>
    public double NegativeLogLikelihood(LabelledScores rows)
    {
        double sum = 0, mass = 0;
        for (int i = 0; i < rows.Count; i++)
        {
            double z = rows.Scores[i] / Temperature;
            sum += rows.Weights[i] * (LogisticFit.Softplus(z) - (rows.Positive[i] ? z : 0));
            mass += rows.Weights[i];
        }

        return sum / mass;
    }

    /// <summary>Each logit has the sign of its row's truth: σ reaches the truth before any temperature is the best.</summary>
    private static bool Separates(LabelledScores rows)
    {
        for (int i = 0; i < rows.Count; i++)
        {
            if (rows.Weights[i] > 0 && (rows.Positive[i] ? rows.Scores[i] < 0 : rows.Scores[i] > 0))
            {
                return false;
            }
        }

        return true;
    }

    private static double Derivative(LabelledScores rows, double inverse)
    {
        double sum = 0;
        for (int i = 0; i < rows.Count; i++)
        {
            double z = rows.Scores[i];
            sum += rows.Weights[i] * (LogisticFit.Sigmoid(inverse * z) - (rows.Positive[i] ? 1 : 0)) * z;
        }

        return sum;
    }
}
