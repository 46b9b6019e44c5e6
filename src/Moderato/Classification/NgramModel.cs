using Moderato.Classification.Features;

namespace Moderato.Classification;

/// <summary>The weights of the <c>ngram</c> tier: a table with a row of <see cref="Lanes"/> int8 weights for each feature bucket, and a head.</summary>
public sealed record NgramModel
{
    /// <summary>Weights a row: one 8-byte load a feature.</summary>
    public const int Lanes = 8;

    /// <summary>The most rows that keep the table within 4,000,000 bytes: it is its size that costs time.</summary>
    public const int MaxRows = 500_000;

    /// <summary>Names these weights; calibrations and thresholds belong to it.</summary>
    public required string Version { get; init; }

    /// <summary>The category of each logit, at most <see cref="Lanes"/>.</summary>
    public required IReadOnlyList<string> Categories { get; init; }

    /// <summary>What the weights were trained on beside words, word pairs and character n-grams.</summary>
    public FeatureFamilies Families { get; init; }

    /// <summary>rows × <see cref="Lanes"/> weights, laid out as <see cref="TableLayout"/> says; row 0 is all zeros.</summary>
    public required sbyte[] Weights { get; init; }

    /// <summary>What a unit of each lane is worth: <see cref="Lanes"/> values.</summary>
    public required float[] Scales { get; init; }

    public required NgramHead Head { get; init; }

    public int Rows => Weights.Length / Lanes;

    /// <summary>Throws where the arrays do not fit each other.</summary>
    /// <exception cref="ArgumentException">Names the part and the size it should have.</exception>
    public NgramModel Checked()
    {
        int categories = Categories.Count;
        int hidden = Head.HiddenUnits;
        Require(categories is > 0 and <= Lanes, "categories", $"1 to {Lanes}");
        Require(Categories.Distinct().Count() == categories, "categories", "each once");
        Require(Weights.Length > 0 && Weights.Length % Lanes == 0 && Rows is >= TableLayout.Fewest and <= MaxRows, "weights", $"{TableLayout.Fewest} to {MaxRows} rows of {Lanes}");
        Require(!Weights.AsSpan(0, Lanes).ContainsAnyExcept((sbyte)0), "first row", "zeros");
        Require(Scales.Length == Lanes, "scales", $"{Lanes}");
        Require(Head.Biases.Length == categories, "biases", $"{categories}");
        Require(Head.Hidden.Length == hidden * Lanes, "hidden weights", $"{hidden * Lanes}");
        Require(Head.Output.Length == hidden * categories, "output weights", $"{hidden * categories}");
        foreach (var numbers in (float[][])[Scales, Head.Biases, Head.Hidden, Head.HiddenBiases, Head.Output])
        {
            Require(Array.TrueForAll(numbers, float.IsFinite), "numbers", "finite");
        }

        return this;
    }

    private static void Require(bool condition, string part, string right)
    {
        if (!condition)
        {
            throw new ArgumentException($"The {part} of the model should be {right}.");
        }
    }
}
