using System.Text.Json;
using System.Text.Json.Serialization;

namespace Moderato.Classification.Llm;

/// <summary>
/// How one kind of model is asked and how its answer is read: a template and an answer format, in a file. A new model of a
/// known manner needs a new file and no code.
/// </summary>
public sealed record Adapter
{
    public required string Name { get; init; }

    /// <summary>Where its prompt and answer are described by those who made the model.</summary>
    public required IReadOnlyList<string> Sources { get; init; }

    public required LlmEndpoint Endpoint { get; init; }

    /// <summary>The model judges one rule at a time: one call for each category.</summary>
    public bool OneCategoryACall { get; init; }

    /// <summary>The categories of ours that the model can judge; null when it judges whatever the policy defines.</summary>
    public IReadOnlyList<string>? Categories { get; init; }

    /// <summary>In order; for <see cref="LlmEndpoint.Completions"/> a single one, whose role is not sent.</summary>
    public IReadOnlyList<MessageTemplate> Messages { get; init; } = [];

    /// <summary>A rule in the model's own words by category, for <c>{{guideline}}</c>; a category without one gets the policy's definition.</summary>
    public IReadOnlyDictionary<string, string> Guidelines { get; init; } = new Dictionary<string, string>();

    /// <summary>What the model takes for markup; broken up where content holds it.</summary>
    public IReadOnlyList<string> ControlTokens { get; init; } = [];

    public required AnswerFormat Answer { get; init; }

    public int MaxTokens { get; init; } = 256;

    /// <summary>Further members of the request, as the server of this model wants them.</summary>
    public IReadOnlyDictionary<string, JsonElement> Request { get; init; } = new Dictionary<string, JsonElement>();
}

/// <summary>Which of OpenAI's interfaces is spoken.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LlmEndpoint>))]
public enum LlmEndpoint
{
    /// <summary><c>chat/completions</c>; the server puts messages into the model's own markup.</summary>
    [JsonStringEnumMemberName("chat")]
    Chat,

    /// <summary><c>completions</c>; the prompt is the model's own markup.</summary>
    [JsonStringEnumMemberName("completions")]
    Completions,

    /// <summary><c>moderations</c>; there is no prompt.</summary>
    [JsonStringEnumMemberName("moderations")]
    Moderations,
}

/// <param name="Role"><c>system</c>, <c>user</c> or <c>assistant</c>.</param>
/// <param name="Lines">
/// May hold <c>{{policy}}</c>, <c>{{categories}}</c>, <c>{{category}}</c>, <c>{{definition}}</c>, <c>{{guideline}}</c>,
/// <c>{{content}}</c>, <c>{{context}}</c> and <c>{{nonce}}</c>; a line with <c>{{context}}</c> is left out where there is none.
/// </param>
public sealed record MessageTemplate(string Role, IReadOnlyList<string> Lines);
