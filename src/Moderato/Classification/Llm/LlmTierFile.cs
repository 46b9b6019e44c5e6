using System.Text.Json;

namespace Moderato.Classification.Llm;

/// <summary>An <c>llm</c> tier as a release holds it: model, adapter and how content is handed over, in one file.</summary>
public static class LlmTierFile
{
    /// <param name="place">What messages call the file.</param>
    /// <exception cref="UnusableFileException">Names the place and all that is wrong there.</exception>
    public static (LlmTier Tier, Adapter Adapter) Read(ReadOnlySpan<byte> json, string place)
    {
        LlmTier? tier;
        try
        {
            tier = DeclarationJson.Read<LlmTier>(json);
        }
        catch (JsonException wrong)
        {
            throw new UnusableFileException($"{place}, line {wrong.LineNumber + 1}", $"it is not an llm tier ({wrong.Message})", "see docs/tiers.md for one");
        }

        var errors = tier is null ? ["it holds null"] : tier.Errors().ToList();
        if (errors.Count > 0)
        {
            throw new UnusableFileException(place, string.Join("; ", errors), "see docs/tiers.md for one");
        }

        return (tier!, tier!.OwnAdapter is { } own ? AdapterFile.Checked(own, place) : AdapterFile.LoadShipped(tier.Adapter));
    }
}
