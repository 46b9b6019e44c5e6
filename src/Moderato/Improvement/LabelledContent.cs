namespace Moderato.Improvement;

/// <summary>A content with the truth that is held for it, as a line of a labelled set says it.</summary>
/// <param name="Set">The set's name: its file without extensions.</param>
/// <param name="Labels">Category → violates; a category that is absent is unknown, never negative.</param>
/// <param name="Meta">The set's own fields by name, nested ones with a dot; what an array or an object said is left as JSON.</param>
public sealed record LabelledContent(
    string Set,
    string Id,
    string Text,
    IReadOnlyDictionary<string, bool> Labels,
    string? Language,
    string? Split,
    IReadOnlyDictionary<string, string> Meta);
