using System.Security.Cryptography;
using System.Text;

namespace Moderato.Classification.Llm;

/// <summary>What a model gets to see of a content, and all of it: no author, no id, no time.</summary>
/// <param name="Context">What it answers or stands in; null when not known.</param>
public sealed record PromptContent(string Text, string? Context = null)
{
    /// <summary>The same for the same content, and no other.</summary>
    public string Hash { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Context?.Length ?? -1}:{Context}{Text}")));

    /// <summary>
    /// Marks where content begins and ends. Taken from the content's own hash, so the same content gives the same prompt, and
    /// nobody can write a text that holds the mark of itself (64 bits).
    /// </summary>
    public string Nonce => Hash[..16];
}
