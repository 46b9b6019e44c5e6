using System.Text;

namespace Moderato.Drills.Simulation;

/// <summary>
/// The texts of one language: sections of templates whose {slots} are filled from vocabularies (docs/simulator.md has the format).
/// Written by us for simulation only; nothing in it comes from a data set.
/// </summary>
internal sealed class Grammar
{
    private readonly Dictionary<string, Template[]> sections;
    private readonly Vocabulary[] vocabularies;

    private Grammar(string language, Dictionary<string, Template[]> sections, Vocabulary[] vocabularies) =>
        (Language, this.sections, this.vocabularies) = (language, sections, vocabularies);

    public string Language { get; }

    public IEnumerable<string> Sections => sections.Keys;

    public bool Has(string section) => sections.ContainsKey(section);

    /// <summary>Writes one text of the section and returns its heat: how many of its words sound violent whatever they mean.</summary>
    public int Write(string section, SeededRandom random, StringBuilder text)
    {
        Template[] templates = sections[section];
        Template template = templates[random.Below(templates.Length)];
        text.Clear();
        int heat = template.Heat;
        foreach (Segment segment in template.Segments)
        {
            text.Append(segment.Literal);
            if (segment.Slot >= 0)
            {
                Vocabulary vocabulary = vocabularies[segment.Slot];
                text.Append(vocabulary.Entries[random.Below(vocabulary.Entries.Length)]);
                heat += vocabulary.Heat;
            }
        }

        return heat;
    }

    /// <summary>How many different texts a section can make, before style: Σ over templates of the product of its slots' sizes.</summary>
    public double DistinctTexts(string section)
    {
        double all = 0;
        foreach (Template template in sections[section])
        {
            double product = 1;
            foreach (Segment segment in template.Segments)
            {
                product *= segment.Slot >= 0 ? vocabularies[segment.Slot].Entries.Length : 1;
            }

            all += product;
        }

        return all;
    }

    /// <exception cref="InvalidDataException">A line cannot be read, or a template names a slot that no vocabulary fills.</exception>
    public static Grammar Parse(string language, TextReader reader)
    {
        var slotOf = new Dictionary<string, int>(StringComparer.Ordinal);
        var vocabularies = new List<Vocabulary>();
        var sections = new Dictionary<string, List<Template>>(StringComparer.Ordinal);
        List<Template>? section = null;
        for (int number = 1; reader.ReadLine() is { } line; number++)
        {
            if (line.StartsWith("~ ", StringComparison.Ordinal))
            {
                var parts = line[2..].Split('=', 2, StringSplitOptions.TrimEntries);
                var name = parts[0].TrimEnd('*');
                slotOf.Add(name, vocabularies.Count);
                vocabularies.Add(new(parts[0].Length - name.Length, parts[1].Split('|', StringSplitOptions.TrimEntries)));
            }
            else if (line.StartsWith("== ", StringComparison.Ordinal))
            {
                sections.Add(line[3..].Trim(), section = []);
            }
            else if (line.Length > 0 && !line.StartsWith('#'))
            {
                (section ?? throw Unreadable("a template stands before the first section")).Add(ReadTemplate(line, slotOf, Unreadable));
            }

            InvalidDataException Unreadable(string what) => new($"Grammar {language}, line {number}: {what}.");
        }

        return new Grammar(language, sections.ToDictionary(pair => pair.Key, pair => pair.Value.ToArray()), [.. vocabularies]);
    }

    private static Template ReadTemplate(string line, Dictionary<string, int> slotOf, Func<string, Exception> unreadable)
    {
        int heat = line.TakeWhile(letter => letter == '*').Count();
        var segments = new List<Segment>();
        var rest = line.AsSpan(heat).Trim();
        while (rest.IndexOf('{') is >= 0 and var open)
        {
            int close = rest.IndexOf('}');
            var name = rest[(open + 1)..close].ToString();
            segments.Add(new(rest[..open].ToString(), slotOf.TryGetValue(name, out int slot) ? slot : throw unreadable($"no vocabulary fills {{{name}}}")));
            rest = rest[(close + 1)..];
        }

        segments.Add(new(rest.ToString(), -1));
        return new(heat, [.. segments]);
    }

    private sealed record Template(int Heat, Segment[] Segments);

    private readonly record struct Segment(string Literal, int Slot);

    private sealed record Vocabulary(int Heat, string[] Entries);
}
