namespace Moderato.Server.FrontDoors.Perspective;

/// <summary>The spans that <c>spanAnnotations</c> asks for: sentences, as half-open ranges of UTF-16 code units without the space around them.</summary>
internal static class Sentences
{
    private const string Ends = ".!?…。！？।؟";

    public static IReadOnlyList<Range> Of(string text)
    {
        var spans = new List<Range>();
        int from = 0;
        for (int at = 0; at < text.Length; at++)
        {
            bool ends = text[at] == '\n' || (Ends.Contains(text[at]) && (at + 1 == text.Length || Separates(text, at)));
            if (ends)
            {
                Add(spans, text, from, at + 1);
                from = at + 1;
            }
        }

        Add(spans, text, from, text.Length);
        return spans;
    }

    /// <summary>"3.5" and "..." go on; after an ideographic full stop no space is written.</summary>
    private static bool Separates(string text, int at) => char.IsWhiteSpace(text[at + 1]) || (text[at] > '⁏' && !Ends.Contains(text[at + 1]));

    private static void Add(List<Range> spans, string text, int from, int to)
    {
        while (from < to && char.IsWhiteSpace(text[from]))
        {
            from++;
        }

        while (to > from && char.IsWhiteSpace(text[to - 1]))
        {
            to--;
        }

        if (from < to)
        {
            spans.Add(from..to);
        }
    }
}
