using Moderato.Classification;
using Moderato.Decisions;
using Moderato.Policies;
using Moderato.Releases;
using Moderato.Tests.Classification;

namespace Moderato.Tests.Releases;

/// <summary>A release over seeded random weights, with hate fit for English and unknown language, toxicity also for German.</summary>
internal static class SeededRelease
{
    public static NgramModel Model { get; } = SeededModel.Create(seed: 3, rows: 5_000);

    public static Release Create() => new()
    {
        Id = "seeded",
        Created = DateTimeOffset.UnixEpoch,
        Policy = new Policy
        {
            Version = "1",
            Categories =
            [
                new CategoryPolicy { Category = Category.Hate, Definition = "Attacks a group." },
                new CategoryPolicy { Category = Category.Toxicity, Definition = "Makes people leave." },
            ],
        },
        Tiers = [],
        Calibration = new Dictionary<string, CalibrationMap>
        {
            [Category.Hate] = new([-2, 0, 3], [0.01, 0.2, 0.9], 0.05),
            [Category.Toxicity] = new([-3, 3], [0, 1], 0.1),
        },
        Thresholds = new Dictionary<string, CategoryThresholds>
        {
            [Category.Hate] = new() { Cuts = new Cuts(0.5, 0.8) },
            [Category.Toxicity] = new()
            {
                Cuts = new Cuts(0.4, 0.9),
                Exceptions =
                [
                    new ThresholdException { Surface = "chat", Cuts = new Cuts(0.6, null) },
                    new ThresholdException { Language = "de", Surface = "chat", Cuts = new Cuts(0.7, 0.95) },
                ],
            },
        },
        Languages = new Dictionary<string, IReadOnlyList<string>>
        {
            [Category.Hate] = ["en", "und"],
            [Category.Toxicity] = ["en", "de", "und"],
        },
    };
}
