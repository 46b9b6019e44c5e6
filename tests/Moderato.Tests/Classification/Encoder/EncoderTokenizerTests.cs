using CsCheck;
using Moderato.Classification;
using Moderato.Classification.Encoder;

namespace Moderato.Tests.Classification.Encoder;

public sealed class EncoderTokenizerTests
{
    private const string Vocabulary = "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\nhello\nworld\n##s\n!\n[\n]\nsep\ncafe\nnai\n##ve\n中\n国\n한\n";

    [Theory]
    [InlineData("Hello, worlds!", new[] { 5, 1, 6, 7, 8 })]
    [InlineData("CAFÉ cafe\u0301 naïve", new[] { 12, 12, 13, 14 })]
    [InlineData("[SEP]", new[] { 9, 11, 10 })]
    [InlineData("中国", new[] { 15, 16 })]
    [InlineData("hello\u0000\u200b world", new[] { 5, 6 })]
    [InlineData("", new int[0])]
    public void Splits_as_the_uncased_models_do_and_takes_marks_in_a_text_for_text(string text, int[] ids)
    {
        using var file = new TemporaryFile("vocab.txt", Vocabulary);
        var tokenizer = EncoderTokenizer.Load(new WordPieceDefinition { Vocabulary = "vocab.txt" }, Path.GetDirectoryName(file.Path)!);
        Assert.Equal((2, 3), (tokenizer.Start, tokenizer.End));
        Assert.Equal(ids, tokenizer.Ids(text));
    }

    [Fact]
    public void Merges_bytes_in_the_order_of_the_list()
    {
        using var file = new TemporaryFile(
            "vocab.json", """{"<s>":0,"</s>":1,"h":2,"i":3,"hi":4,"\u0120":5,"\u0120hi":6,"!":7,"\u00c3":8,"\u00a9":9}""")
            .With("merges.txt", "#version: 0.2\nh i\n\u0120 hi\n");
        var tokenizer = EncoderTokenizer.Load(new ByteLevelBpeDefinition { Vocabulary = "vocab.json", Merges = "merges.txt" }, Path.GetDirectoryName(file.Path)!);
        Assert.Equal((0, 1), (tokenizer.Start, tokenizer.End));
        Assert.Equal([4, 6, 7], tokenizer.Ids("hi hi!"));
        Assert.Equal([8, 9], tokenizer.Ids("é"));
    }

    [Fact]
    public void Says_which_file_is_missing_or_lacks_a_mark()
    {
        using var file = new TemporaryFile("vocab.txt", "a\nb\n");
        string folder = Path.GetDirectoryName(file.Path)!;
        Assert.Contains("no token \"[CLS]\"", Assert.Throws<UnusableFileException>(() => EncoderTokenizer.Load(new WordPieceDefinition { Vocabulary = "vocab.txt" }, folder)).Message, StringComparison.Ordinal);
        Assert.Contains("other.txt", Assert.Throws<UnusableFileException>(() => EncoderTokenizer.Load(new WordPieceDefinition { Vocabulary = "other.txt" }, folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Windows_cover_every_token_and_none_is_longer_than_allowed() =>
        Gen.Select(Gen.Int[0, 200], Gen.Int[4, 40]).Sample((count, most) =>
        {
            int[] ids = [.. Enumerable.Range(10, count)];
            var windows = EncoderWindows.Of(ids, 1, 2, most).ToList();
            return windows.TrueForAll(window => window.Length <= most && window[0] == 1 && window[^1] == 2)
                && windows.SelectMany(window => window[1..^1]).Distinct().Order().SequenceEqual(ids)
                && (count > most - 2 || windows.Count == 1);
        });
}
