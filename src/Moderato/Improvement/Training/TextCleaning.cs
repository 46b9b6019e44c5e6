using System.Net;
using System.Text.RegularExpressions;

namespace Moderato.Improvement.Training;

/// <summary>
/// Undoes what the makers of a set did to its texts, so that the model learns what is written and not who collected it:
/// character references are resolved and their marks for users, links and numbers become ordinary ones.
/// </summary>
public static partial class TextCleaning
{
    public static string Clean(string text)
    {
        string clean = text.Contains('&') ? WebUtility.HtmlDecode(text) : text;
        clean = clean.Replace("\\u2026", "…");
        clean = UserMark().Replace(clean, "@user");
        clean = LinkMark().Replace(clean, "https://link.example");
        return clean.Replace("<number>", "7");
    }

    [GeneratedRegex(@"<user>|\[user\]", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex UserMark();

    [GeneratedRegex(@"<url>|\[url\]|@url\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex LinkMark();
}
