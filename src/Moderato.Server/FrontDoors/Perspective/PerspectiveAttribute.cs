namespace Moderato.Server.FrontDoors.Perspective;

/// <summary>What Perspective calls an attribute, and the category that asks the same question here.</summary>
/// <param name="Category">Null where no category of ours asks it.</param>
internal sealed record PerspectiveAttribute(string Name, string? Category)
{
    /// <summary>The six that were in production. Their definitions and ours side by side: docs/perspective.md.</summary>
    private static readonly PerspectiveAttribute[] Known =
    [
        new("TOXICITY", Policies.Category.Toxicity),
        new("SEVERE_TOXICITY", null),
        new("IDENTITY_ATTACK", Policies.Category.Hate),
        new("INSULT", Policies.Category.Harassment),
        new("PROFANITY", Policies.Category.Profanity),
        new("THREAT", Policies.Category.HarassmentThreatening),
    ];

    public static PerspectiveAttribute? Of(string name) => Array.Find(Known, attribute => attribute.Name == name);
}
