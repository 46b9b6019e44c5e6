using System.Text;

namespace Moderato.Cli.Tests.Commands;

/// <summary>Abuse and kindness that a model can tell apart, each text another: a set labelled by <c>harassment</c>.</summary>
internal static class LabelledAbuse
{
    private static readonly string[] Abuse = ["you are a stupid idiot", "nobody likes you, loser", "you disgust me, you pig", "shut up, you moron"];
    private static readonly string[] Kind = ["thank you for the cake", "the weather is nice today", "see you at the station", "this book is very good"];
    private static readonly string[] Ends = ["and tell your brother", "said the man in the street", "as always", "in the garden behind the house", "on monday"];

    /// <summary>JSONL, half of it abuse.</summary>
    public static string Of(int contents)
    {
        var lines = new StringBuilder();
        for (int i = 0; i < contents; i++)
        {
            bool violates = i % 2 == 0;
            string text = $"{(violates ? Abuse : Kind)[i / 2 % 4]} {Ends[i / 8 % 5]} {(char)('a' + (i % 26))}{(char)('a' + (i / 26))}{i * 7919 % 1000}";
            lines.AppendLine($$$"""{"id":"{{{i}}}","text":"{{{text}}}","lang":"en","labels":{"harassment":{{{(violates ? 1 : 0)}}}}}""");
        }

        return lines.ToString();
    }

    public static bool IsAbuse(string text) => Array.Exists(Abuse, one => text.Contains(one, StringComparison.Ordinal));
}
