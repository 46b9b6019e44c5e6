using System.Text.Json;
using Moderato.Classification;
using Moderato.Classification.Encoder;

namespace Moderato.Tests.Classification.Encoder;

public sealed class EncoderModelTests
{
    private sealed record Example(string Text, int[] Input_ids, Dictionary<string, double> Scores, double[] Embedding_first);

    [Fact]
    public void Gives_the_ids_scores_and_embedding_of_the_reference_runtime()
    {
        var model = MiniLm.Load();
        var examples = JsonSerializer.Deserialize<Example[]>(
            File.ReadAllText(Path.Combine(SharedModels.Folder(), "encoder-minilm.examples.json")), JsonSerializerOptions.Web)!;
        Assert.NotEmpty(examples);
        foreach (var example in examples)
        {
            Assert.Equal(example.Input_ids, model.Ids(example.Text));
            var found = model.Score(example.Text);
            Assert.All(model.Categories.Zip(found.Scores), score => Assert.Equal(example.Scores[score.First], score.Second, 0.01));
            Assert.All(example.Embedding_first.Zip(found.Embedding), number => Assert.Equal(number.First, number.Second, 0.01));
        }
    }

    [Fact]
    public void Scores_the_same_alone_and_in_company()
    {
        var model = MiniLm.Load();
        string[] texts =
        [
            "you are lovely", "you are vermin", "i hate mondays", "go away", "", "win a free prize now, click here", "what a day", "you are stupid",
            string.Join(' ', Enumerable.Repeat("they should all be sent home", 40)), "😀 what", "we all like cake here", "one two three four",
            .. Enumerable.Range(0, 20).Select(i => $"text number {i} is here"),
        ];
        var alone = texts.Select(text => model.Score(text)).ToArray();
        var together = model.Score(texts);
        var backwards = model.Score([.. texts.Reverse()]);
        for (int i = 0; i < texts.Length; i++)
        {
            Assert.Equal(alone[i].Scores, together[i].Scores);
            Assert.Equal(alone[i].Scores, backwards[^(i + 1)].Scores);
        }
    }

    [Fact]
    public void Finds_a_violation_wherever_it_stands_in_a_long_text()
    {
        var model = MiniLm.Load();
        int hate = model.Categories.ToList().IndexOf("harassment");
        string harmless = string.Join(' ', Enumerable.Repeat("the garden is green and the weather is fine today", 40));
        const string Abuse = " You people are vermin and should be wiped out. ";
        double without = model.Score(harmless).Scores[hate];
        Assert.InRange(without, 0, 0.2);
        foreach (int at in (int[])[0, harmless.Length / 3, harmless.Length / 2, harmless.Length])
        {
            Assert.True(model.Score(harmless.Insert(at, Abuse)).Scores[hate] > without + 0.15, $"At {at} it is not seen.");
        }
    }

    [Theory]
    [InlineData("{", "line 1")]
    [InlineData("{}", "not the definition")]
    [InlineData("""{"version":"a","model":"m.onnx","maxTokens":2,"labels":["hat",null],"tokenizer":{"kind":"wordPiece","vocabulary":"v.txt"}}""", "maxTokens is 2: give at least 4; the label \"hat\" is none of")]
    [InlineData("""{"version":"a","model":"m.onnx","maxTokens":80,"labels":["hate"],"tokenizer":{"kind":"sentences"}}""", "not the definition")]
    public void Refuses_a_definition_and_says_all_that_is_wrong(string json, string said)
    {
        using var folder = new TemporaryFile("encoder.json", json);
        Assert.Contains(said, Assert.Throws<UnusableFileException>(() => EncoderFile.Load(folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Loads_from_a_definition_and_refuses_files_that_it_does_not_mean()
    {
        string folder = SharedModels.Folder();
        const string Definition = """
            {
             "version": "encoder-minilm.w8", "model": "encoder-minilm.w8.onnx", "maxTokens": 128, "activation": "none", // ours
             "sha256": {"encoder-minilm.w8.onnx": "5bcb4fc67ad9a13c91623598fd9f5ca4a3f82a38649d3b90b2685f68f5801e98"},
             "tokenizer": {"kind": "wordPiece", "vocabulary": "encoder-minilm.vocab.txt"},
             "inputs": {"segments": "token_type_ids"}, "outputs": {"scores": "scores"},
             "labels": ["hate", "toxicity", "profanity", "harassment", "spam"]
            }
            """;
        using var model = EncoderFile.Load(System.Text.Encoding.UTF8.GetBytes(Definition), "encoder.json", folder);
        Assert.Equal(MiniLm.Load().Score("i hate mondays").Scores, model.Score("i hate mondays").Scores);
        string other = Definition.Replace("5bcb", "0000", StringComparison.Ordinal);
        Assert.Contains("its SHA-256 is 5bcb", Assert.Throws<UnusableFileException>(() => EncoderFile.Load(System.Text.Encoding.UTF8.GetBytes(other), "encoder.json", folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_a_definition_that_is_not_the_models()
    {
        string model = Path.Combine(SharedModels.Folder(), MiniLm.Definition.Model);
        var tokenizer = EncoderTokenizer.Load(MiniLm.Definition.Tokenizer, SharedModels.Folder());
        var wrongInput = MiniLm.Definition with { Inputs = new EncoderInputs("ids", Segments: "token_type_ids") };
        Assert.Contains("takes input_ids", Assert.Throws<UnusableFileException>(() => new EncoderModel(wrongInput, model, tokenizer)).Message, StringComparison.Ordinal);
        using var wrongLabels = new EncoderModel(MiniLm.Definition with { Labels = ["hate"] }, model, tokenizer);
        Assert.Contains("gives 5 numbers", Assert.Throws<UnusableFileException>(() => wrongLabels.Score("x")).Message, StringComparison.Ordinal);
        Assert.Contains("no such file", Assert.Throws<UnusableFileException>(() => new EncoderModel(MiniLm.Definition, "nothing.onnx", tokenizer)).Message, StringComparison.Ordinal);
    }
}
