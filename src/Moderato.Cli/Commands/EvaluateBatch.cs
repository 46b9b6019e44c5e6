using System.Text;
using System.Text.Unicode;
using Moderato.Classification.Languages;
using Moderato.Cli.Input;
using Moderato.Releases;

namespace Moderato.Cli.Commands;

/// <summary>Some contents of a labelled set with the scores that a release gives them.</summary>
/// <param name="cascade">Null when the set's own recorded scores are measured.</param>
internal sealed class EvaluateBatch(Cascade? cascade)
{
    private const int DetectedChars = 2_000;
    private readonly LanguageDetector detector = new();
    private readonly char[] start = new char[DetectedChars];
    private double[] scores = [];

    public RowChunk Chunk { get; } = new();

    /// <summary>The language that each row was judged in.</summary>
    public List<string> Languages { get; } = [];

    /// <summary>NaN where the category was not judged.</summary>
    public double Score(int row, int category) => scores[(row * cascade!.Categories.Count) + category];

    /// <summary>Where the set has what is needed.</summary>
    public EvaluateColumns Columns { get; set; } = EvaluateColumns.None;

    public void Classify()
    {
        Languages.Clear();
        if (cascade is null)
        {
            return;
        }

        int categories = cascade.Categories.Count;
        if (scores.Length < Chunk.Rows * categories)
        {
            scores = new double[Chunk.Rows * categories];
        }

        for (int row = 0; row < Chunk.Rows; row++)
        {
            var text = Chunk[row, Columns.Text];
            var named = Columns.Language < 0 ? default : Chunk[row, Columns.Language];
            string language = named.IsEmpty ? Detect(text) : Encoding.UTF8.GetString(named);
            Languages.Add(language);
            cascade.DecideUtf8(text, language, surface: null, scores.AsSpan(row * categories, categories));
        }
    }

    private string Detect(ReadOnlySpan<byte> text)
    {
        Utf8.ToUtf16(text, start, out _, out int written);
        return detector.Detect(start.AsSpan(0, written));
    }
}
