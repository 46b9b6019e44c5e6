using Microsoft.ML.OnnxRuntime;

namespace Moderato.Classification.Encoder;

/// <summary>
/// The <c>encoder</c> tier: a text classifier in ONNX format. Thread-safe. A content's score does not depend on what is
/// scored beside it: only windows of exactly the same length share a pass, so nothing is padded.
/// </summary>
public sealed class EncoderModel : IDisposable
{
    /// <summary>Windows of one pass; more are not faster on a CPU.</summary>
    private const int MostTogether = 8;

    private readonly EncoderTokenizer tokenizer;
    private readonly InferenceSession session;
    private readonly int[] labels;

    /// <exception cref="UnusableFileException">The file is not a model, or has not the inputs and outputs that the definition names.</exception>
    internal EncoderModel(EncoderDefinition definition, string path, EncoderTokenizer tokenizer)
    {
        Definition = definition;
        this.tokenizer = tokenizer;
        session = Open(path, definition);
        labels = [.. Enumerable.Range(0, definition.Labels.Count).Where(i => definition.Labels[i] is not null)];
        Categories = [.. labels.Select(i => definition.Labels[i]!)];
    }

    public EncoderDefinition Definition { get; }

    /// <summary>The order of scores.</summary>
    public IReadOnlyList<string> Categories { get; }

    public void Dispose() => session.Dispose();

    public EncoderScores Score(string text) => Score([text])[0];

    public EncoderScores[] Score(IReadOnlyList<string> texts)
    {
        var passes = texts
            .SelectMany((text, content) => EncoderWindows.Of(tokenizer.Ids(text), tokenizer.Start, tokenizer.End, Definition.MaxTokens)
                .Select((ids, window) => new Pass(content, window, ids)))
            .ToList();
        foreach (var alike in passes.GroupBy(pass => pass.Ids.Length))
        {
            foreach (var together in alike.Chunk(MostTogether))
            {
                Run(together);
            }
        }

        var scores = texts.Select(_ => new EncoderScores(new double[Categories.Count], [], 0)).ToArray();
        foreach (var pass in passes)
        {
            var own = scores[pass.Content];
            for (int c = 0; c < own.Scores.Length; c++)
            {
                own.Scores[c] = Math.Max(own.Scores[c], pass.Scores[labels[c]]);
            }

            scores[pass.Content] = own with { Embedding = pass.Window == 0 ? pass.Embedding : own.Embedding, Tokens = own.Tokens + pass.Ids.Length };
        }

        return scores;
    }

    /// <summary>The numbers that the model sees in the first window.</summary>
    internal int[] Ids(string text) => EncoderWindows.Of(tokenizer.Ids(text), tokenizer.Start, tokenizer.End, Definition.MaxTokens).First();

    private void Run(Pass[] passes)
    {
        int length = passes[0].Ids.Length;
        long[] shape = [passes.Length, length];
        var ids = new long[passes.Length * length];
        for (int row = 0; row < passes.Length; row++)
        {
            for (int at = 0; at < length; at++)
            {
                ids[(row * length) + at] = passes[row].Ids[at];
            }
        }

        var attention = new long[ids.Length];
        Array.Fill(attention, 1);
        using var idTensor = OrtValue.CreateTensorValueFromMemory(ids, shape);
        using var attentionTensor = OrtValue.CreateTensorValueFromMemory(attention, shape);
        using var segmentTensor = OrtValue.CreateTensorValueFromMemory(new long[ids.Length], shape);
        var inputs = new Dictionary<string, OrtValue> { [Definition.Inputs.Ids] = idTensor, [Definition.Inputs.Attention] = attentionTensor };
        if (Definition.Inputs.Segments is { } segments)
        {
            inputs[segments] = segmentTensor;
        }

        string[] outputs = Definition.Outputs.Embedding is { } embedding ? [Definition.Outputs.Scores, embedding] : [Definition.Outputs.Scores];
        using var options = new RunOptions();
        using var results = session.Run(options, inputs, outputs);
        for (int row = 0; row < passes.Length; row++)
        {
            passes[row].Scores = Activated(Row(results[0], row, passes.Length));
            passes[row].Embedding = results.Count > 1 ? Row(results[1], row, passes.Length) : [];
        }
    }

    private double[] Activated(float[] raw)
    {
        if (raw.Length != Definition.Labels.Count)
        {
            throw new UnusableFileException(Definition.Model, $"it gives {raw.Length} numbers a content", $"name {raw.Length} labels, null for those that are no category");
        }

        double highest = raw.Max();
        double[] weights = Definition.Activation switch
        {
            Activation.None => [.. raw],
            Activation.Sigmoid => [.. raw.Select(x => 1 / (1 + Math.Exp(-x)))],
            _ => [.. raw.Select(x => Math.Exp(x - highest))],
        };
        double sum = Definition.Activation == Activation.Softmax ? weights.Sum() : 1;
        return [.. weights.Select(weight => weight / sum)];
    }

    private static float[] Row(OrtValue tensor, int row, int rows)
    {
        var all = tensor.GetTensorDataAsSpan<float>();
        int width = all.Length / rows;
        return all.Slice(row * width, width).ToArray();
    }

    private static InferenceSession Open(string path, EncoderDefinition definition)
    {
        if (!File.Exists(path))
        {
            throw new UnusableFileException(path, "there is no such file", "put the ONNX file there that the definition names");
        }

        InferenceSession session;
        try
        {
            using var options = new SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1 };
            session = new InferenceSession(path, options);
        }
        catch (OnnxRuntimeException wrong)
        {
            throw new UnusableFileException(path, $"ONNX Runtime cannot load it ({wrong.Message})", "give a whole ONNX file of an opset that it knows");
        }

        var missing = new[] { definition.Inputs.Ids, definition.Inputs.Attention, definition.Inputs.Segments }.OfType<string>().Except(session.InputNames)
            .Concat(new[] { definition.Outputs.Scores, definition.Outputs.Embedding }.OfType<string>().Except(session.OutputNames)).ToList();
        var unnamed = session.InputNames.Except([definition.Inputs.Ids, definition.Inputs.Attention, definition.Inputs.Segments ?? ""]).ToList();
        if (missing.Count + unnamed.Count == 0)
        {
            return session;
        }

        session.Dispose();
        throw new UnusableFileException(
            path,
            $"it takes {string.Join(", ", session.InputNames)} and gives {string.Join(", ", session.OutputNames)}, the definition names {string.Join(", ", missing.Concat(unnamed))} otherwise",
            "name each input and the output in the definition as the model does");
    }

    private sealed record Pass(int Content, int Window, int[] Ids)
    {
        public double[] Scores { get; set; } = [];

        public float[] Embedding { get; set; } = [];
    }
}
