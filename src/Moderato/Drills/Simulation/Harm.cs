using Moderato.Policies;

namespace Moderato.Drills.Simulation;

/// <summary>A kind of violating text and the categories that it violates. Its texts stand in the grammars under <c>!name</c>.</summary>
/// <param name="Background">Share of all contents that are of this kind when the category judged is another one.</param>
/// <param name="Tone">Shift of a tone classifier's score where the kind is safe for the category judged, in logits.</param>
internal sealed record Harm(string Name, double Weight, double Background, double Tone, string[] Categories)
{
    public static IReadOnlyList<Harm> All { get; } =
    [
        new("insult", .5, .006, 1.6, [Category.Toxicity, Category.Harassment]),
        new("abuse", .25, .003, 1.9, [Category.Toxicity, Category.Harassment, Category.Profanity]),
        new("threat", .15, .001, 1.8, [Category.Toxicity, Category.Harassment, Category.HarassmentThreatening, Category.Violence]),
        new("swearing", .6, .005, 1.2, [Category.Profanity]),
        new("hostility", .1, .001, 1.8, [Category.Toxicity, Category.Hate]),
        new("spam", 1, .012, -.5, [Category.Spam]),
    ];

    public static IReadOnlyList<string> JudgedCategories { get; } = [.. All.SelectMany(harm => harm.Categories).Distinct()];

    public string Section => "!" + Name;

    public bool Violates(string category) => Array.IndexOf(Categories, category) >= 0;
}
