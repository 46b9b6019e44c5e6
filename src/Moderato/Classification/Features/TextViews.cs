using System.Text;
using Moderato.Classification.Folding;

namespace Moderato.Classification.Features;

/// <summary>What the classifier reads in a text, for people who wonder.</summary>
public static class TextViews
{
    /// <summary>The plain view: lower-cased and NFKC-normalised, apostrophes and runs of spaces as one, long runs cut.</summary>
    public static string Plain(ReadOnlySpan<char> text)
    {
        var view = new StringBuilder();
        Read(text, run =>
        {
            view.Append(view.Length > 0 ? " " : "");
            Append(view, run.CodePoints);
        });
        return view.ToString();
    }

    /// <summary>The words of the skeleton view that differ from the plain view's, second spellings in parentheses.</summary>
    public static IReadOnlyList<string> Skeletons(ReadOnlySpan<char> text)
    {
        var words = new Words();
        var skeletons = new SkeletonReader(words);
        Read(text, skeletons.Read);
        skeletons.EndSingles();
        return words.Found;
    }

    private static void Read(ReadOnlySpan<char> text, Action<TextRun> take)
    {
        var folder = new RunFolder();
        var run = new TextRun();
        while (!text.IsEmpty)
        {
            text = folder.Load(text);
            while (folder.Fill(run))
            {
                take(run);
                run.Clear();
            }
        }

        if (folder.Complete(run))
        {
            take(run);
        }
    }

    private static void Append(StringBuilder to, ReadOnlySpan<uint> codePoints)
    {
        foreach (uint codePoint in codePoints)
        {
            to.Append(new Rune(codePoint).ToString());
        }
    }

    private sealed class Words : ISkeletonSink
    {
        public List<string> Found { get; } = [];

        public void Skeleton(PaddedWord word, Disguises disguises) => Found.Add(Text(word));

        public void OtherSpelling(PaddedWord word) => Found.Add($"({Text(word)})");

        private static string Text(PaddedWord word)
        {
            var text = new StringBuilder();
            Append(text, word.CodePoints);
            return text.ToString();
        }
    }
}
