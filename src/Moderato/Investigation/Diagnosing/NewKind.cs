namespace Moderato.Investigation.Diagnosing;

/// <summary>A kind of content that the reference did not have.</summary>
/// <param name="Name">In words, for the report; never content text.</param>
/// <param name="Column">The column that shows it, or <c>cluster</c>, or <c>text</c>.</param>
/// <param name="Contents">Contents of the current period that are of this kind.</param>
public sealed record NewKind(string Name, string Column, string Value, long Contents);
