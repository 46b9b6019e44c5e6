using Moderato.Policies;
using Moderato.Releases;

namespace Moderato.Benchmarks.RealIncidents;

/// <summary>Scores of unlike classifiers on the same contents.</summary>
internal static class ContentScores
{
    public const int Ngram = 0;
    public const int Linear = 1;
    public const int Perspective = 2;

    public static readonly string[] Sources = ["ngram", "linear", "perspective"];

    private static readonly string[] TrainedOn = ["kennedy", "paradetox", "toxigen"];

    public static void Fill(ContentPools pools)
    {
        var release = ReleaseFile.LoadShipped();
        var ngram = new Classification.NgramClassifier(release.Model);
        int toxicity = release.Model.Categories.ToList().IndexOf(Category.Toxicity);
        var logits = new double[Classification.NgramModel.Lanes];
        var linear = HashedLogistic.Fit(Training());
        foreach (var content in pools.All)
        {
            ngram.Logits(content.Text, logits);
            content.Scores = [Sigmoid(logits[toxicity]), linear.Score(content.Text), content.Perspective ?? double.NaN];
        }
    }

    public static double Sigmoid(double logit) => 1 / (1 + Math.Exp(-logit));

    public static double Logit(double score) => Math.Log(Math.Clamp(score, 1e-5, 1 - 1e-5) / (1 - Math.Clamp(score, 1e-5, 1 - 1e-5)));

    private static List<(string Text, bool Violating)> Training()
    {
        var texts = new List<(string, bool)>();
        foreach (string set in TrainedOn)
        {
            foreach (var row in SharedTexts.Rows(set))
            {
                var labels = row.GetProperty("labels");
                if (labels.TryGetProperty("hate", out var label) || labels.TryGetProperty("toxicity", out label))
                {
                    texts.Add((SharedTexts.TextOf(row), label.GetInt32() == 1));
                }
            }
        }

        return texts;
    }
}

/// <summary>A classifier with other errors than ours: logistic regression on hashed words and word pairs.</summary>
internal sealed class HashedLogistic
{
    private const int Size = 1 << 18;
    private readonly float[] weights = new float[Size + 1];

    public double Score(string text) => ContentScores.Sigmoid(Sum(Features(text)));

    public static HashedLogistic Fit(IReadOnlyList<(string Text, bool Violating)> texts)
    {
        var model = new HashedLogistic();
        var squares = new float[Size + 1];
        var order = Enumerable.Range(0, texts.Count).ToArray();
        new Random(7).Shuffle(order);
        for (int pass = 0; pass < 3; pass++)
        {
            foreach (int at in order)
            {
                int[] features = Features(texts[at].Text);
                double gradient = ContentScores.Sigmoid(model.Sum(features)) - (texts[at].Violating ? 1 : 0);
                foreach (int feature in features)
                {
                    squares[feature] += (float)(gradient * gradient);
                    model.weights[feature] -= (float)(.2 * gradient / Math.Sqrt(squares[feature] + 1e-4));
                }
            }
        }

        return model;
    }

    private double Sum(int[] features)
    {
        double sum = 0;
        foreach (int feature in features)
        {
            sum += weights[feature];
        }

        return sum / Math.Sqrt(features.Length);
    }

    private static int[] Features(string text)
    {
        var features = new List<int> { Size };
        uint last = 17;
        foreach (string word in text.ToLowerInvariant().Split((char[])[' ', '\n', '\t', '.', ',', '!', '?', '"', '\'', ':', ';', '(', ')'], StringSplitOptions.RemoveEmptyEntries))
        {
            uint hash = 2166136261;
            foreach (char letter in word)
            {
                hash = (hash ^ letter) * 16777619;
            }

            features.Add((int)((hash * 2654435769u) >> 14));
            features.Add((int)(((hash ^ (last * 40503)) * 2654435769u) >> 14));
            last = hash;
        }

        return [.. features];
    }
}
