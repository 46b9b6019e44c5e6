using Moderato.Classification.Features;

namespace Moderato.Tests.Classification;

public sealed class SkeletonTests
{
    [Theory]

    // confusables
    [InlineData("fuсk", "fuck")] // Cyrillic es
    [InlineData("ѕсум", "")] // em is no double of a Latin letter: the word is Cyrillic
    [InlineData("bιtch", "bitch")] // Greek iota
    [InlineData("ꜰᴜᴄᴋ", "fuck")]
    [InlineData("🅱itch", "bitch")]
    [InlineData("🇫🇺🇨🇰", "fuck")]
    [InlineData("ɟuck", "fuck")]
    [InlineData("шлюха", "")]
    [InlineData("хор", "xop")]

    // leet
    [InlineData("b1tch", "bitch")]
    [InlineData("sh!t!", "shit")]
    [InlineData("a$$", "ass")]
    [InlineData("@ss", "ass")]
    [InlineData("n1gg4", "nigga")]
    [InlineData("he11o", "hello")]
    [InlineData("$hit", "shit")]
    [InlineData("b00bs", "boobs")]
    [InlineData("@assman", "")]
    [InlineData("covid19", "")]
    [InlineData("100k", "")]
    [InlineData("ps4", "")]
    [InlineData("$100", "")]
    [InlineData("great!", "")]
    [InlineData("https://example.org/b1tch", "")]

    // masks
    [InlineData("f*ck", "f*ck")]
    [InlineData("f**k", "f**k")]
    [InlineData("f***", "f***")]
    [InlineData("*really*", "")]
    [InlineData("s#it", "s*it")]

    // unseen characters and piled marks
    [InlineData("fu\u200bck", "fuck")]
    [InlineData("f\ufe0fu\ufe0fck", "fuck")]
    [InlineData("fu\u00adck", "fuck")]
    [InlineData("\u202efuck", "fuck")]
    [InlineData("f\u0336u\u0336c\u0336k\u0336", "fuck")]
    [InlineData("f̸̡̢̛̗̘̙̜̝u̶̞̟̠̤̥̦̩̪c̷̫̬̭̮̯̰̱̲k̵̳̹̺̻̼͇͈͉", "fuck")]
    [InlineData("❤️", "")]

    // accents
    [InlineData("pendéjo", "pendejo")]
    [InlineData("Straße", "strasse")]

    // stretches
    [InlineData("fuuuuuck", "fuck")]
    [InlineData("asssss", "ass (as)")]
    [InlineData("sooooo", "soo (so)")]
    [InlineData("good", "")]

    // split up
    [InlineData("f u c k you", "fuck")]
    [InlineData("f.u.c.k", "fuck")]
    [InlineData("f-u-c-k", "fuck")]
    [InlineData("f*u*c*k", "fuck")]
    [InlineData("fu-ck", "fuck")]
    [InlineData("n-igger", "nigger")]
    [InlineData("k. i. l. l.", "kill")]
    [InlineData("s h 1 t", "shit")]
    [InlineData("well-known", "")]
    [InlineData("I saw a cat", "")]
    [InlineData("it's", "")]

    // together
    [InlineData("ѕh1iiiit", "shit")]
    [InlineData("", "")]
    [InlineData("普通话 한국어 العربية हिन्दी ไทย", "")]
    public void Reads_through_disguises(string text, string skeletons) =>
        Assert.Equal(skeletons, string.Join(' ', TextViews.Skeletons(text)));
}
