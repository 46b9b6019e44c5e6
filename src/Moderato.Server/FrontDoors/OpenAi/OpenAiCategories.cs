using Moderato.Policies;

namespace Moderato.Server.FrontDoors.OpenAi;

/// <summary>The thirteen categories of OpenAI's format, in its order; ours have the same names.</summary>
internal static class OpenAiCategories
{
    public static IReadOnlyList<string> All { get; } =
    [
        Category.Harassment, Category.HarassmentThreatening, Category.Hate, Category.HateThreatening, Category.Illicit, Category.IllicitViolent,
        Category.SelfHarm, Category.SelfHarmInstructions, Category.SelfHarmIntent, Category.Sexual, Category.SexualMinors,
        Category.Violence, Category.ViolenceGraphic,
    ];
}
