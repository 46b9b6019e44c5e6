using CsCheck;
using Moderato.Classification.Languages;
using Moderato.Decisions;

namespace Moderato.Tests.Classification.Languages;

public sealed class LanguageDetectorTests
{
    [Theory]
    [InlineData("I do not think that this is what they wanted to say", "en")]
    [InlineData("don't you dare", "en")]
    [InlineData("Das ist doch überhaupt nicht wahr", "de")]
    [InlineData("no sé qué decirte de todo esto", "es")]
    [InlineData("não sei o que dizer sobre isso", "pt")]
    [InlineData("je ne sais pas quoi te dire", "fr")]
    [InlineData("я не знаю, что тебе сказать", "ru")]
    [InlineData("لا أعرف ماذا أقول لك", "ar")]
    [InlineData("मुझे नहीं पता कि क्या कहूँ", "hi")]
    [InlineData("我不知道该说什么", "zh")]
    [InlineData("何を言えばいいのかわからない", "ja")]
    [InlineData("무슨 말을 해야 할지 모르겠어", "ko")]
    [InlineData("δεν ξέρω τι να πω", "el")]
    [InlineData("אני לא יודע מה להגיד", "he")]
    [InlineData("ฉันไม่รู้จะพูดอะไร", "th")]
    [InlineData("@alguem https://example.org/the/quick/brown não sei o que dizer", "pt")]
    [InlineData("", "und")]
    [InlineData("😀😀 12345 !!!", "und")]
    [InlineData("gg", "und")]
    [InlineData("https://example.org/the/quick/brown/fox", "und")]
    public void Tells_the_language_or_says_that_it_cannot(string text, string language) =>
        Assert.Equal(language, new LanguageDetector().Detect(text));

    [Fact]
    public void Answers_for_any_text_and_the_same_whatever_came_before()
    {
        var used = new LanguageDetector();
        Gen.Char.Array[0, 300].Select(chars => new string(chars)).Sample(text =>
        {
            string fresh = new LanguageDetector().Detect(text);
            lock (used)
            {
                return used.Detect(text) == fresh && fresh.Length is 2 or 3;
            }
        }, iter: 500);
    }

    [Fact]
    public void Reads_long_texts_no_further_than_it_must()
    {
        var detector = new LanguageDetector();
        string words = "you do not know what you are talking about ";
        Assert.Equal("en", detector.Detect(string.Concat(Enumerable.Repeat(words, 250_000))));
        Assert.Equal("und", detector.Detect(new string('\u200b', 10_000_000)));
        Assert.Equal("zh", detector.Detect(new string('的', 10_000_000)));
    }

    [Fact]
    public void Codes_a_column_with_nothing_where_it_cannot_tell()
    {
        var texts = PackedStrings.From(["what are you doing there", "", "qué estás haciendo ahí", "who is it that you know", new string('x', 50_000)]);
        var column = LanguageDetector.Column("language", texts);
        Assert.Equal("language", column.Name);
        Assert.Equal(["en", null, "es", "en", null], Enumerable.Range(0, texts.Count).Select(row => column[row]));
    }
}
