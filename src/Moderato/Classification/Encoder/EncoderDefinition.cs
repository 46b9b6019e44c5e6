using System.Text.Json.Serialization;

namespace Moderato.Classification.Encoder;

/// <summary>
/// What a classifier in ONNX format is: its files, its tokenizer, the names of what goes in and comes out, and which of its
/// labels is which category. All that a new encoder needs, and no code.
/// </summary>
public sealed record EncoderDefinition
{
    /// <summary>The model's own name for itself; calibrations refer to it.</summary>
    public required string Version { get; init; }

    /// <summary>The ONNX file, beside the definition.</summary>
    public required string Model { get; init; }

    /// <summary>By file name: of the model and of what the tokenizer reads. Checked where given; a release has to give them, since it is what it names.</summary>
    public IReadOnlyDictionary<string, string> Sha256 { get; init; } = new Dictionary<string, string>();

    public required TokenizerDefinition Tokenizer { get; init; }

    /// <summary>Tokens of one pass, with those that mark its ends. A longer text is judged in overlapping windows.</summary>
    public required int MaxTokens { get; init; }

    public EncoderInputs Inputs { get; init; } = new();

    public EncoderOutputs Outputs { get; init; } = new();

    public Activation Activation { get; init; } = Activation.Sigmoid;

    /// <summary>The category of each number that comes out, in its order; null for one that is none of ours (such as "not hate").</summary>
    public required IReadOnlyList<string?> Labels { get; init; }
}

/// <summary>Names of tensors of whole numbers, contents × tokens.</summary>
/// <param name="Segments">Null for a model that takes none.</param>
public sealed record EncoderInputs(string Ids = "input_ids", string Attention = "attention_mask", string? Segments = null);

/// <summary>Names of tensors of floats, contents × labels and contents × dimensions.</summary>
/// <param name="Embedding">Null for a model that gives none.</param>
public sealed record EncoderOutputs(string Scores = "logits", string? Embedding = null);

/// <summary>What makes probabilities of the numbers that come out.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Activation>))]
public enum Activation
{
    /// <summary>They are probabilities.</summary>
    [JsonStringEnumMemberName("none")]
    None,

    /// <summary>Each label by itself.</summary>
    [JsonStringEnumMemberName("sigmoid")]
    Sigmoid,

    /// <summary>One of all labels.</summary>
    [JsonStringEnumMemberName("softmax")]
    Softmax,
}

/// <summary>How a text becomes numbers.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(WordPieceDefinition), "wordPiece")]
[JsonDerivedType(typeof(ByteLevelBpeDefinition), "byteLevelBpe")]
public abstract record TokenizerDefinition
{
    private protected TokenizerDefinition()
    {
    }

    /// <summary>The token before a text.</summary>
    public abstract string Start { get; init; }

    /// <summary>The token after a text.</summary>
    public abstract string End { get; init; }
}

/// <summary>BERT's (Devlin et al. 2019): words split at white space, punctuation and ideographs, then the longest known pieces.</summary>
public sealed record WordPieceDefinition : TokenizerDefinition
{
    /// <summary>A token a line; its number is its line.</summary>
    public required string Vocabulary { get; init; }

    /// <summary>Lower-cased with accents removed, as the uncased models want it.</summary>
    public bool Uncased { get; init; } = true;

    public override string Start { get; init; } = "[CLS]";

    public override string End { get; init; } = "[SEP]";

    public string Unknown { get; init; } = "[UNK]";
}

/// <summary>GPT-2's and RoBERTa's: pairs of bytes merged in the order of a list.</summary>
public sealed record ByteLevelBpeDefinition : TokenizerDefinition
{
    /// <summary>A JSON object, token to number.</summary>
    public required string Vocabulary { get; init; }

    /// <summary>A pair a line, the first to merge first.</summary>
    public required string Merges { get; init; }

    public override string Start { get; init; } = "<s>";

    public override string End { get; init; } = "</s>";
}
