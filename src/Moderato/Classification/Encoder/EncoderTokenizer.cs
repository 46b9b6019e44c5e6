using Microsoft.ML.Tokenizers;

namespace Moderato.Classification.Encoder;

/// <summary>Text → numbers of tokens, without the marks at its ends. Thread-safe. A token's name in a text is text.</summary>
internal sealed class EncoderTokenizer
{
    private readonly Tokenizer tokenizer;
    private readonly Func<string, string> prepare;

    private EncoderTokenizer(Tokenizer tokenizer, Func<string, string> prepare, int start, int end)
    {
        this.tokenizer = tokenizer;
        this.prepare = prepare;
        Start = start;
        End = end;
    }

    public int Start { get; }

    public int End { get; }

    /// <exception cref="UnusableFileException">A file is not there or not what it should be.</exception>
    public static EncoderTokenizer Load(TokenizerDefinition definition, string directory) => definition switch
    {
        WordPieceDefinition wordPiece => Load(wordPiece, Path.Combine(directory, wordPiece.Vocabulary)),
        ByteLevelBpeDefinition bpe => Load(bpe, Path.Combine(directory, bpe.Vocabulary), Path.Combine(directory, bpe.Merges)),
        _ => throw new ArgumentOutOfRangeException(nameof(definition)),
    };

    public IReadOnlyList<int> Ids(string text) => tokenizer.EncodeToIds(prepare(text));

    private static EncoderTokenizer Load(WordPieceDefinition definition, string path)
    {
        var tokens = Read(path, File.ReadAllLines);
        int start = Number(path, definition.Start, Array.IndexOf(tokens, definition.Start));
        int end = Number(path, definition.End, Array.IndexOf(tokens, definition.End));

        // BertTokenizer leaves out emoji and symbols where BERT has unknown words, so the text is split here and only the pieces are looked up there.
        var options = new WordPieceOptions { PreTokenizer = PreTokenizer.CreateWhiteSpace(), UnknownToken = definition.Unknown };
        var pieces = Read(path, file => WordPieceTokenizer.Create(file, options));
        return new(pieces, text => BertText.Prepare(text, definition.Uncased), start, end);
    }

    private static EncoderTokenizer Load(ByteLevelBpeDefinition definition, string vocabulary, string merges)
    {
        var numbers = Read(vocabulary, file => System.Text.Json.JsonSerializer.Deserialize<Dictionary<string, int>>(File.ReadAllBytes(file)))
            ?? throw new UnusableFileException(vocabulary, "it holds null", "give a JSON object of token and number");
        var pairs = Read(merges, File.ReadAllLines).Where(line => line.Length > 0 && !line.StartsWith("#version", StringComparison.Ordinal));
        var bpe = Read(merges, _ => BpeTokenizer.Create(new BpeOptions(numbers) { Merges = pairs, ByteLevel = true, PreTokenizer = RobertaPreTokenizer.Instance }));
        return new(
            bpe, text => text,
            Number(vocabulary, definition.Start, numbers.GetValueOrDefault(definition.Start, -1)),
            Number(vocabulary, definition.End, numbers.GetValueOrDefault(definition.End, -1)));
    }

    private static int Number(string path, string token, int number) => number >= 0
        ? number
        : throw new UnusableFileException(path, $"it has no token \"{token}\"", "name the tokens before and after a text: start, end");

    private static T Read<T>(string path, Func<string, T> read)
    {
        try
        {
            return read(path);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException or ArgumentException or InvalidOperationException or System.Text.Json.JsonException)
        {
            throw new UnusableFileException(path, wrong.Message, "give the file that belongs to the model");
        }
    }
}
