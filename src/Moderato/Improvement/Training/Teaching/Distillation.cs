using Moderato.Policies;

namespace Moderato.Improvement.Training.Teaching;

/// <summary>
/// Soft targets from a teacher (Hinton et al. 2015), for hate and toxicity (docs/methods/distillation.md): where nobody said anything of
/// a category, the probability that a <see cref="TeacherHead"/> gives, which was trained on what people did say. What they said is never
/// touched. Of toxicity the teacher may acquit and not accuse: what it takes for toxic stays unknown. The teacher learns from the
/// student's examples and from no others, so that what is left out is unknown to both.
/// </summary>
public static class Distillation
{
    private static readonly string[] Taught = [Category.Hate, Category.Toxicity];

    /// <summary>More toxic than this to the teacher, and nothing is learnt of it.</summary>
    private const float MostToxic = .3f;

    /// <returns>The examples as they are where none has a meaning.</returns>
    public static IReadOnlyList<TrainingExample> Of(
        IReadOnlyList<TrainingExample> examples, IReadOnlyList<string> categories, TrainingSettings settings, CancellationToken cancel = default)
    {
        bool[] taught = [.. categories.Select(category => Taught.Contains(category))];
        var lessons = examples.Where(example => example.Meaning is not null)
            .Select(example => example with { Targets = [.. example.Targets.Zip(taught, (target, isTaught) => isTaught ? target : float.NaN)] })
            .Where(example => !Array.TrueForAll(example.Targets, float.IsNaN)).ToList();
        if (lessons.Count == 0)
        {
            return examples;
        }

        var teacher = TeacherHead.Train(lessons, categories.Count, settings.Seed, cancel);
        float Told(float target, float judged, int category) =>
            !taught[category] || !float.IsNaN(target) || (categories[category] == Category.Toxicity && judged > MostToxic) ? target : judged;

        return [.. examples.Select(example => example.Meaning is null || example.IsOurs ? example
            : example with { Targets = [.. example.Targets.Zip(teacher.Judge(example)).Select((pair, c) => Told(pair.First, pair.Second, c))] })];
    }
}
