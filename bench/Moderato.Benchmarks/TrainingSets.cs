using Moderato.Cli.Input;
using Moderato.Improvement;

namespace Moderato.Benchmarks;

/// <summary>The sets that the shipped model is trained on, and those it is measured with.</summary>
internal static class TrainingSets
{
    public static readonly string[] Trained =
    [
        "davidson", "hatemoji-build", "edos", "kennedy", "toxic-spans", "paradetox", "toxigen", "sms-spam", "mlma", "hatexplain",
        "wikipedia-context", "convabuse", "misogyny-reddit", "spamassassin", "film-plots",
    ];

    public static readonly string[] MeasuredWith =
        ["hatecheck", "dynahate", "founta", "surge-toxicity", "identity-madlibs", "olid", "conda-dota", "gametox"];

    /// <summary>What the teacher judges beside them.</summary>
    public static readonly string[] Unlabelled = ["goemotions"];

    /// <summary>Folder of the sentence encoder that teaches, from <c>MODERATO_TEACHER</c>: docs/methods/distillation.md says where it comes from.</summary>
    public static string Teacher { get; } = Environment.GetEnvironmentVariable("MODERATO_TEACHER") ?? Path.Combine(SharedTexts.Root, "out", "teacher");

    public static List<LabelledContent> Read(IEnumerable<string> sets) => [.. sets.SelectMany(Read)];

    public static List<LabelledContent> Read(string set) =>
        [.. InputFile.Find(Path.Combine(SharedTexts.Directory, $"{set}.jsonl.gz"), () => Stream.Null).SelectMany(file => LabelledSet.Read(file, default))];
}
