using System.Text.RegularExpressions;

namespace Moderato.Improvement.Training.Contrast;

/// <summary>
/// Sentences, titles and captions of our own in which somebody's group is named in passing, as it is on any day: what teaches a model
/// of words that the name of a group is no insult. Every phrase with every group; English only.
/// </summary>
public static partial class EverydayTexts
{
    /// <returns>Each text with the place of its phrase.</returns>
    public static IEnumerable<(string Text, int Phrase)> All() =>
        from phrase in PhraseList.Read("everyday").Concat(PhraseList.Read("brief")).Select((words, place) => (Words: words, Place: place))
        from identity in PhraseList.Read("identities")
        select (Article().Replace(phrase.Words, "aeiou".Contains(char.ToLowerInvariant(identity[0])) ? "$0n" : "$0").Replace("{A}", identity), phrase.Place);

    /// <summary>"a" before the group.</summary>
    [GeneratedRegex(@"\ba(?= \{A\})", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Article();
}
