using System.Globalization;
using System.Text;
using Moderato.Classification.Features;

namespace Moderato.Tests.Classification.Folding;

public sealed class FoldingTests
{
    [Fact]
    public void Agrees_with_another_implementation_of_unicode()
    {
        var wrong = new List<string>();
        foreach (var line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Classification", "Folding", "folding-cases.tsv")))
        {
            var parts = line.Split('\t');
            string folded = string.Join(' ', TextViews.Plain(Text(parts[0])).EnumerateRunes().Select(rune => rune.Value.ToString("x", CultureInfo.InvariantCulture)));
            if (folded != parts[1])
            {
                wrong.Add($"{parts[0]} gave {folded}, not {parts[1]}");
            }
        }

        Assert.Empty(wrong);
    }

    [Theory]
    [InlineData("HELLO World", "hello world")]
    [InlineData("  two\t\n lines ", "two lines")]
    [InlineData("ＦＵＬＬ ｗｉｄｔｈ", "full width")]
    [InlineData("𝐛𝐨𝐥𝐝 ﬁne ①", "bold fine 1")]
    [InlineData("cafe\u0301 CAFÉ", "café café")]
    [InlineData("don’t don`t", "don't don't")]
    [InlineData("ﷺ", "صلى الله عليه وسلم")]
    [InlineData("👍🏽 ❤️", "👍🏽 ❤")]
    public void Folds_case_width_and_composition(string text, string plain) => Assert.Equal(plain, TextViews.Plain(text));

    [Fact]
    public void Reads_a_lone_surrogate_as_the_replacement_character() =>
        Assert.Equal("a\ufffdb\ufffd", TextViews.Plain("a\ud800b\udc00"));

    private static string Text(string codePoints)
    {
        var text = new StringBuilder();
        foreach (var codePoint in codePoints.Split(' '))
        {
            text.Append(new Rune(int.Parse(codePoint, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString());
        }

        return text.ToString();
    }
}
