using System.ComponentModel.DataAnnotations;
using Moderato.Decisions;

namespace Moderato.Server.Reviews;

/// <summary>The truth that we hold for a content in one category, and how it came to be held. It holds no text.</summary>
public sealed class Label
{
    public long Id { get; set; }

    public required int Workspace { get; set; }

    /// <summary>The platform's id of the content; <c>text-…</c>, the fingerprint of its text, where only the text was given.</summary>
    [MaxLength(256)]
    public required string ContentId { get; set; }

    [MaxLength(64)]
    public required string Category { get; set; }

    /// <summary>True where it violates.</summary>
    public required bool Value { get; set; }

    public required LabelSource Source { get; set; }

    /// <summary>The probability with which the content came to be labelled; null where it is not known, and then no rate is estimated from it.</summary>
    public double? InclusionProbability { get; set; }

    public required DateTimeOffset Time { get; set; }

    /// <summary>Who said so: a key's name; null where nobody in particular did.</summary>
    [MaxLength(128)]
    public string? Reviewer { get; set; }

    /// <summary>The sequence of the review item whose verdict it is; null where it is of none.</summary>
    public long? Review { get; set; }

    /// <summary>When the verdict was taken back; the label counts for nothing from then on.</summary>
    public DateTimeOffset? Withdrawn { get; set; }
}
