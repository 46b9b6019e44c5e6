namespace Moderato.Classification.Llm;

internal static class VerdictLineReader
{
    public static TierOutcome Read(VerdictLineFormat format, IReadOnlyList<string> categories, ModelAnswer answer)
    {
        var lines = Lines(answer.Text);
        var verdicts = lines.Where((line, i) => format.Label is { } label ? line.Text.StartsWith(label + ":", StringComparison.OrdinalIgnoreCase) : i == 0 || WordOf(format, line.Text) is not null).ToList();
        if (verdicts.Count == 0)
        {
            return new TierOutcome.Failed(ProviderFault.UnknownVerdict);
        }

        var (text, at) = verdicts[0];
        int skipped = format.Label is null ? 0 : format.Label.Length + 1;
        skipped += text[skipped..].Length - text[skipped..].TrimStart().Length;
        string said = text[skipped..];
        if (WordOf(format, said) is not { } word)
        {
            return new TierOutcome.Failed(WordsIn(format, said) > 1 ? ProviderFault.TwoVerdicts : ProviderFault.UnknownVerdict);
        }

        if (verdicts.Skip(1).Any(other => WordOf(format, format.Label is null ? other.Text : other.Text[(format.Label.Length + 1)..]) != word))
        {
            return new TierOutcome.Failed(ProviderFault.TwoVerdicts);
        }

        double weight = format.Words[word];
        var (score, source) = TokenProbability.Of(answer, at + skipped, format.Words) is { } probability
            ? (probability, ConfidenceSource.TokenProbability)
            : (weight, ConfidenceSource.VerdictOnly);
        if (format.Codes.Count == 0)
        {
            return new TierOutcome.Judged(NamedCategories.Scores(categories, categories, weight, score), source);
        }

        var codes = weight == 0 ? [] : Codes(format, lines, verdicts[0]);
        return codes.Count == 0 && weight > 0 ? new TierOutcome.Failed(ProviderFault.WrongSchema)
            : codes.Exists(code => !format.Codes.ContainsKey(code)) ? new TierOutcome.Failed(ProviderFault.UnknownCategory)
            : new TierOutcome.Judged(NamedCategories.Scores(categories, codes.SelectMany(code => format.Codes[code]).ToHashSet(), weight, score), source);
    }

    private static List<string> Codes(VerdictLineFormat format, List<(string Text, int At)> lines, (string Text, int At) verdict)
    {
        string? line = format.CodesLabel is { } label
            ? lines.Select(own => own.Text).FirstOrDefault(text => text.StartsWith(label + ":", StringComparison.OrdinalIgnoreCase))?[(label.Length + 1)..]
            : lines.Select(own => own.Text).ElementAtOrDefault(lines.IndexOf(verdict) + 1);
        return [.. (line ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];
    }

    private static List<(string Text, int At)> Lines(string text)
    {
        var lines = new List<(string, int)>();
        for (int at = 0; at < text.Length;)
        {
            int end = text.IndexOf('\n', at) is var found and >= 0 ? found : text.Length;
            string line = text[at..end];
            if (line.Trim() is { Length: > 0 } trimmed)
            {
                lines.Add((trimmed, at + line.IndexOf(trimmed, StringComparison.Ordinal)));
            }

            at = end + 1;
        }

        return lines;
    }

    /// <summary>The verdict that a line is, with nothing else but a full stop.</summary>
    private static string? WordOf(VerdictLineFormat format, string line)
    {
        string said = line.Trim().TrimEnd('.', ',', '!');
        return format.Words.Keys.FirstOrDefault(word => word.Equals(said, StringComparison.OrdinalIgnoreCase));
    }

    private static int WordsIn(VerdictLineFormat format, string line) =>
        line.Split([' ', ',', ';', '/', '.', '|'], StringSplitOptions.RemoveEmptyEntries).Select(part => WordOf(format, part)).OfType<string>().Distinct().Count();
}
