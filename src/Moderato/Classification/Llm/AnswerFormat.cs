using System.Text.Json.Serialization;

namespace Moderato.Classification.Llm;

/// <summary>The ways in which models answer.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(CategoryObjectFormat), "categoryObject")]
[JsonDerivedType(typeof(VerdictObjectFormat), "verdictObject")]
[JsonDerivedType(typeof(VerdictLineFormat), "verdictLine")]
[JsonDerivedType(typeof(ModerationResultFormat), "moderationResult")]
public abstract record AnswerFormat
{
    private protected AnswerFormat()
    {
    }
}

/// <summary>
/// A JSON object with a member for each category that was asked: <c>{"hate": {"violates": false, "confidence": 0.9}}</c>. The
/// request carries its schema, so that a server that can constrain the output does.
/// </summary>
public sealed record CategoryObjectFormat : AnswerFormat
{
    public string Violates { get; init; } = "violates";

    /// <summary>How sure the model says it is of its verdict, in [0,1]; null when it is not asked.</summary>
    public string? Confidence { get; init; } = "confidence";
}

/// <summary>A JSON object with one verdict and the categories that it is about: <c>{"violation": 1, "policy_category": "hate"}</c>.</summary>
public sealed record VerdictObjectFormat : AnswerFormat
{
    public required string Verdict { get; init; }

    /// <summary>What the verdict may be, as text, and how violating that is in [0,1].</summary>
    public required IReadOnlyDictionary<string, double> Words { get; init; }

    /// <summary>The member that names categories: one, several with commas, or a list.</summary>
    public string? Categories { get; init; }

    public string? Confidence { get; init; }

    /// <summary>What confidence may be when it is a word, and which number in [0,1] that is.</summary>
    public IReadOnlyDictionary<string, double> ConfidenceWords { get; init; } = new Dictionary<string, double>();
}

/// <summary>A line that says the verdict, and perhaps one that names codes of categories: <c>unsafe</c>, <c>S1,S10</c>.</summary>
public sealed record VerdictLineFormat : AnswerFormat
{
    /// <summary>What the verdict's line starts with, before a colon; null when the first line is the verdict.</summary>
    public string? Label { get; init; }

    /// <summary>What the verdict may be, and how violating that is in [0,1]. Case does not matter.</summary>
    public required IReadOnlyDictionary<string, double> Words { get; init; }

    /// <summary>What the codes' line starts with, before a colon; null when it is the line after the verdict.</summary>
    public string? CodesLabel { get; init; }

    /// <summary>Every code the model knows, and which categories of ours it means; empty when the verdict is about the one category that was asked.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Codes { get; init; } = new Dictionary<string, IReadOnlyList<string>>();
}

/// <summary>What OpenAI's moderation endpoint gives: a score for each category, under its own name.</summary>
public sealed record ModerationResultFormat : AnswerFormat;
