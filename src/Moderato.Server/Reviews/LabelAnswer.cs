using System.Globalization;
using System.Text.Json.Serialization;
using Moderato.Decisions;
using Moderato.Server.Decisions;

namespace Moderato.Server.Reviews;

/// <summary>A label that counts.</summary>
/// <param name="Value">True where the content violates the category.</param>
/// <param name="Source">How it came to be: <c>queue</c> is a review, chosen by its score.</param>
/// <param name="InclusionProbability">Null where it is not known: then no rate is estimated from it.</param>
/// <param name="Reviewers">Who said so, by the names of their keys.</param>
/// <param name="Review">The review whose verdict it is.</param>
public sealed record LabelAnswer(
    string Id,
    string ContentId,
    string Category,
    bool Value,
    string Source,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] double? InclusionProbability,
    IReadOnlyList<string> Reviewers,
    string? Review,
    DateTimeOffset Time)
{
    public static LabelAnswer Of(Label label) => new(
        label.Id.ToString(CultureInfo.InvariantCulture), label.ContentId, label.Category, label.Value, SourceName(label.Source), label.InclusionProbability,
        label.Reviewer is { } reviewer ? [reviewer] : [], label.Review is { } review ? DecisionId.Of(review) : null, label.Time);

    /// <summary>As decision files have it.</summary>
    public static string SourceName(LabelSource source) => source.ToString().ToLowerInvariant();
}

/// <summary>A page of labels, oldest first.</summary>
/// <param name="Next">What <c>after</c> has to be for the next page; absent on the last.</param>
public sealed record LabelPage(IReadOnlyList<LabelAnswer> Labels, string? Next);

/// <summary>How many labels were kept, and which were not and why.</summary>
public sealed record LabelsAdded(int Kept, IReadOnlyList<ContentFailure>? Errors);
