namespace Moderato.Classification.Encoder;

/// <summary>A text in passes of at most so many tokens: one when it fits, else windows that overlap by half, so that what stands at an edge of one stands inside another.</summary>
internal static class EncoderWindows
{
    /// <summary>Two tokens mark the ends; below two more, half a window is nothing.</summary>
    public const int LeastTokens = 4;

    public static IEnumerable<int[]> Of(IReadOnlyList<int> ids, int start, int end, int maxTokens)
    {
        int room = maxTokens - 2;
        for (int from = 0; ; from += room / 2)
        {
            // The last window ends where the text does and is full, so that no short rest is judged without what it stands in.
            int first = Math.Max(0, Math.Min(from, ids.Count - room));
            yield return [start, .. ids.Skip(first).Take(room), end];
            if (first + room >= ids.Count)
            {
                yield break;
            }
        }
    }
}
