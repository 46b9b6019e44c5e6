using System.Text.Json.Serialization;

namespace Moderato.Decisions;

/// <summary>One item of user-generated text, as a platform hands it in.</summary>
public sealed record Content
{
    /// <summary>The platform's own id: the same id is the same content. Absent, the server gives one.</summary>
    public required string Id { get; init; }

    public required string Text { get; init; }

    public ContentContext? Context { get; init; }

    public string? Author { get; init; }

    /// <summary>Where it stands: comment, chat, profile.</summary>
    public string? Surface { get; init; }

    /// <summary>A BCP 47 tag. Absent, the language is detected.</summary>
    public string? Language { get; init; }

    /// <summary>When it was written.</summary>
    public DateTimeOffset? Time { get; init; }
}

/// <summary>What a content answers or stands in; only tiers that can use it see it.</summary>
public sealed record ContentContext
{
    public string? Parent { get; init; }

    public string? Thread { get; init; }

    public string? Title { get; init; }

    [JsonIgnore]
    public bool IsEmpty => Parent is null && Thread is null && Title is null;
}
