using Microsoft.ML.OnnxRuntime;
using Moderato.Classification;
using Moderato.Classification.Encoder;

namespace Moderato.Improvement.Training.Teaching;

/// <summary>
/// A sentence encoder that knows nothing of moderation: text → the mean of its tokens' states, of length 1
/// (docs/methods/distillation.md). It is needed to train and never to judge.
/// </summary>
public sealed class MeaningEncoder : IDisposable
{
    public const string Model = "model.onnx";
    public const string Vocabulary = "vocab.txt";

    /// <summary>A longer text is read by its beginning only.</summary>
    private const int MostTokens = 64;

    /// <summary>Texts of one pass, all of the same length: nothing is padded, so that no text's meaning depends on another.</summary>
    private const int MostTogether = 16;

    private const int TextsPerReport = 2048;
    private readonly EncoderTokenizer tokenizer;
    private readonly InferenceSession session;

    private MeaningEncoder(EncoderTokenizer tokenizer, InferenceSession session)
    {
        this.tokenizer = tokenizer;
        this.session = session;
    }

    /// <param name="directory">Holds <c>model.onnx</c> (BERT's three inputs, the tokens' states as its first output) and <c>vocab.txt</c> (WordPiece, lower-cased).</param>
    /// <exception cref="UnusableFileException">A file is not there or not what it should be.</exception>
    public static MeaningEncoder Load(string directory)
    {
        string path = Path.Combine(directory, Model);
        if (!File.Exists(path))
        {
            throw new UnusableFileException(path, "there is no such file", "give the folder of a sentence encoder: model.onnx and vocab.txt (docs/methods/distillation.md)");
        }

        var tokenizer = EncoderTokenizer.Load(new WordPieceDefinition { Vocabulary = Vocabulary }, directory);
        try
        {
            using var options = new SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1 };
            return new(tokenizer, new InferenceSession(path, options));
        }
        catch (OnnxRuntimeException wrong)
        {
            throw new UnusableFileException(path, $"ONNX Runtime cannot load it ({wrong.Message})", "give a whole ONNX file of an opset that it knows");
        }
    }

    /// <param name="progress">Told the share done, in [0,1].</param>
    /// <returns>A row of numbers for each text, in their order.</returns>
    public float[][] Read(IReadOnlyList<string> texts, int mostCharacters, IProgress<double>? progress = null, CancellationToken cancel = default)
    {
        var ids = texts.AsParallel().AsOrdered().WithCancellation(cancel)
            .Select(text => EncoderWindows.Of(tokenizer.Ids(Beginning(text, mostCharacters)), tokenizer.Start, tokenizer.End, MostTokens).First()).ToList();
        var meanings = new float[texts.Count][];
        var passes = Enumerable.Range(0, texts.Count).GroupBy(i => ids[i].Length).OrderByDescending(alike => alike.Key)
            .SelectMany(alike => alike.Chunk(MostTogether)).ToList();
        long all = ids.Sum(own => (long)own.Length), read = 0;
        int done = 0;
        Parallel.ForEach(passes, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancel }, pass =>
        {
            Run([.. pass.Select(i => ids[i])], pass, meanings);
            long sofar = Interlocked.Add(ref read, (long)pass.Length * ids[pass[0]].Length);
            if (Interlocked.Add(ref done, pass.Length) % TextsPerReport < pass.Length)
            {
                progress?.Report((double)sofar / all);
            }
        });
        return meanings;
    }

    public void Dispose() => session.Dispose();

    private static string Beginning(string text, int mostCharacters) => text.Length <= mostCharacters ? text : text[..mostCharacters];

    private void Run(int[][] texts, int[] places, float[][] meanings)
    {
        int length = texts[0].Length;
        long[] shape = [texts.Length, length];
        long[] ids = [.. texts.SelectMany(own => own.Select(id => (long)id))];
        var attention = new long[ids.Length];
        Array.Fill(attention, 1);
        using var idTensor = OrtValue.CreateTensorValueFromMemory(ids, shape);
        using var attentionTensor = OrtValue.CreateTensorValueFromMemory(attention, shape);
        using var segmentTensor = OrtValue.CreateTensorValueFromMemory(new long[ids.Length], shape);
        var inputs = new Dictionary<string, OrtValue> { ["input_ids"] = idTensor, ["attention_mask"] = attentionTensor, ["token_type_ids"] = segmentTensor };
        using var options = new RunOptions();
        using var results = session.Run(options, inputs, [session.OutputNames[0]]);
        var states = results[0].GetTensorDataAsSpan<float>();
        int width = states.Length / ids.Length;
        for (int row = 0; row < texts.Length; row++)
        {
            meanings[places[row]] = Mean(states.Slice(row * length * width, length * width), width);
        }
    }

    /// <summary>The mean of the tokens' states, scaled to length 1.</summary>
    private static float[] Mean(ReadOnlySpan<float> states, int width)
    {
        var sum = new float[width];
        for (int i = 0; i < states.Length; i++)
        {
            sum[i % width] += states[i];
        }

        float length = MathF.Sqrt(sum.Sum(x => x * x));
        return [.. sum.Select(x => x / Math.Max(length, 1e-12f))];
    }
}
