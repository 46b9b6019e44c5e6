namespace Moderato.Classification.Features;

/// <summary>What may be read from a text beside words, word pairs and character 3–5-grams. A model keeps the families it was trained on.</summary>
[Flags]
public enum FeatureFamilies
{
    None = 0,

    /// <summary>Pairs of words with one word between them.</summary>
    SkipPairs = 1,

    /// <summary>Words up to four after a negation, until punctuation, a second time as negated words.</summary>
    NegationScope = 2,

    /// <summary>Words between double quotes, a second time as quoted words.</summary>
    QuotationScope = 4,

    /// <summary>Words in capitals, a second time as shouted words.</summary>
    Shouting = 8,

    /// <summary>How long the text is and how much of it is shouted, in a few steps.</summary>
    Shape = 16,
}
