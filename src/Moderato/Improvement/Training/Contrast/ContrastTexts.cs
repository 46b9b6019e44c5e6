using System.Text.RegularExpressions;
using Moderato.Policies;

namespace Moderato.Improvement.Training.Contrast;

/// <summary>
/// Texts in which the words of hate are no hate, and such that teach the difference: hateful texts of the training sets quoted
/// to oppose them or repeated to agree, negated, said of a thing, the groups in a text replaced by others. Made from the contents
/// at hand and from phrases of our own; English only.
/// </summary>
public static partial class ContrastTexts
{
    private const int FewestWords = 3;
    private const int MostFramedWords = 18;
    private const int MostSwappedWords = 30;

    /// <summary>Of the hateful texts that can be framed, the share that is opposed; the rest is endorsed.</summary>
    private const double Opposed = .6;

    /// <summary>Of the hateful texts about a group, the share that is said of a thing instead.</summary>
    private const double OfThings = .25;

    public static IReadOnlyList<ContrastText> From(IReadOnlyList<LabelledContent> contents, int seed)
    {
        var random = new Random(seed);
        var made = new List<ContrastText>();
        var groups = new GroupNames();
        string[] opposing = PhraseList.Read("opposing");
        string[] endorsing = PhraseList.Read("endorsing");
        string[] things = PhraseList.Read("things");
        for (int i = 0; i < contents.Count; i++)
        {
            if (contents[i].Language is not (null or "en") || !contents[i].Labels.TryGetValue(Category.Hate, out bool hateful))
            {
                continue;
            }

            string text = contents[i].Text.Trim();
            int words = text.Count(' '.Equals) + 1;
            if (hateful && words is >= FewestWords and <= MostFramedWords && CanBeFramed(text))
            {
                bool opposed = random.NextDouble() < Opposed;
                string[] frames = opposed ? opposing : endorsing;
                int frame = random.Next(frames.Length);
                made.Add(new(Framed(frames[frame], text, random), !opposed, i, opposed ? "opposed" : "endorsed", frame));
                if (groups.Negated(text, random) is { } negated)
                {
                    made.Add(new(negated, false, i, "negated"));
                }
            }

            if (words <= MostSwappedWords && groups.Find(text) is { Success: true })
            {
                bool thing = hateful && random.NextDouble() < OfThings;
                made.Add(thing
                    ? new(groups.Replace(text, things[random.Next(things.Length)]), false, i, "thing")
                    : new(groups.Replace(text, groups.Any(random)), hateful, i, "swapped"));
            }
        }

        return made;
    }

    private static bool CanBeFramed(string text) => text.AsSpan().IndexOfAny('"', '[', '\n') < 0 && !text.Contains("http", StringComparison.Ordinal);

    private static string Framed(string frame, string text, Random random)
    {
        text = text.TrimEnd('.', '!', '?', ',', ' ');
        double quotes = random.NextDouble();
        string said = !frame.Contains("\"{T}\"", StringComparison.Ordinal)
            ? frame.Replace("{T}", text.Length == 0 ? text : char.ToLowerInvariant(text[0]) + text[1..])
            : quotes < .25 ? frame.Replace("\"{T}\"", $"'{text}'")
            : quotes < .4 ? frame.Replace("\"{T}\"", $"“{text}”")
            : quotes < .55 ? frame.Replace("\"{T}\"", text)
            : frame.Replace("{T}", text);
        return random.NextDouble() < .4 ? said.ToLowerInvariant() : said;
    }

    /// <summary>The names of groups that a text may speak of.</summary>
    private sealed partial class GroupNames
    {
        private readonly Regex names;
        private readonly string[] others;

        public GroupNames()
        {
            string[] lines = PhraseList.Read("groups");
            others = [.. lines.Where(line => line[0] == '+').Select(line => line[1..])];
            var longestFirst = lines.Select(line => Regex.Escape(line.TrimStart('+'))).OrderByDescending(name => name.Length).ThenBy(name => name, StringComparer.Ordinal);
            names = new Regex($@"\b({string.Join('|', longestFirst)})\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Compiled);
        }

        public Match Find(string text) => names.Match(text);

        public string Replace(string text, string by) => names.Replace(text, by);

        public string Any(Random random) => others[random.Next(others.Length)];

        /// <summary>"… GROUP are X" → "… GROUP are not X"; null where the text says no such thing.</summary>
        public string? Negated(string text, Random random)
        {
            var group = Find(text);
            var verb = group.Success ? Verb().Match(text, group.Index + group.Length) : Match.Empty;
            if (!verb.Success)
            {
                return null;
            }

            string[] negations = verb.Groups[2].Value.ToLowerInvariant() switch
            {
                "are" => ["are not", "aren't", "are in no way"],
                "is" => ["is not", "isn't"],
                "should" => ["should never", "should not"],
                "can" => ["cannot", "can't"],
                _ => ["won't", "will not"],
            };
            return string.Concat(
                text.AsSpan(0, verb.Groups[2].Index), negations[random.Next(negations.Length)], text.AsSpan(verb.Index + verb.Length));
        }

        [GeneratedRegex(@"\G(\s+\w+)?\s+(are|should|can|will|is)\b(?! not)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
        private static partial Regex Verb();
    }
}
