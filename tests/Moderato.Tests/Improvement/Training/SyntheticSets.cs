using Moderato.Improvement;

namespace Moderato.Tests.Improvement.Training;

/// <summary>Labelled sets made of nonsense words: some mark hate, some mark spam, all others say nothing.</summary>
internal static class SyntheticSets
{
    private static readonly string[] Neutral =
        ["table", "river", "lemon", "quiet", "morning", "garden", "window", "paper", "travel", "music", "winter", "bridge", "coffee", "yellow", "pencil", "ticket"];

    private static readonly string[] Hateful = ["blorgs", "vrimmers", "snotlings"];
    private static readonly string[] Selling = ["freeprize", "cashnow", "winbig"];

    public static List<LabelledContent> Of(int contents, int seed)
    {
        var random = new Random(seed);
        var made = new List<LabelledContent>();
        for (int i = 0; i < contents; i++)
        {
            var words = Enumerable.Range(0, 12).Select(_ => Neutral[random.Next(Neutral.Length)]).ToList();
            bool hate = random.Next(3) == 0;
            bool spam = random.Next(4) == 0;
            if (hate)
            {
                words[random.Next(words.Count)] = Hateful[random.Next(Hateful.Length)];
            }

            if (spam)
            {
                words[random.Next(words.Count)] = Selling[random.Next(Selling.Length)];
            }

            string set = $"own-{i % 3}";
            made.Add(new LabelledContent(
                set, $"{set}-{i}", string.Join(' ', words), new Dictionary<string, bool> { ["hate"] = hate, ["spam"] = spam },
                "en", i % 10 == 0 ? "test" : "train", new Dictionary<string, string>()));
        }

        return made;
    }
}
