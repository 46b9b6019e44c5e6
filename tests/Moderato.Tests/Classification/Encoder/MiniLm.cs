using Moderato.Classification.Encoder;

namespace Moderato.Tests.Classification.Encoder;

/// <summary>The encoder among the shared models, loaded once.</summary>
internal static class MiniLm
{
    public static EncoderDefinition Definition { get; } = new()
    {
        Version = "encoder-minilm.w8",
        Model = "encoder-minilm.w8.onnx",
        Tokenizer = new WordPieceDefinition { Vocabulary = "encoder-minilm.vocab.txt" },
        MaxTokens = 128,
        Inputs = new EncoderInputs(Segments: "token_type_ids"),
        Outputs = new EncoderOutputs("scores", "embedding"),
        Activation = Activation.None,
        Labels = ["hate", "toxicity", "profanity", "harassment", "spam"],
    };

    private static readonly Lazy<EncoderModel> Loaded = new(() => new EncoderModel(
        Definition, Path.Combine(SharedModels.Folder(), Definition.Model), EncoderTokenizer.Load(Definition.Tokenizer, SharedModels.Folder())));

    public static EncoderModel Load()
    {
        SharedModels.Folder();
        return Loaded.Value;
    }
}
