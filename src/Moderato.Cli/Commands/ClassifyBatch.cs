using System.Buffers;
using System.Diagnostics;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Moderato.Classification.Languages;
using Moderato.Cli.Input;
using Moderato.Decisions;
using Moderato.Releases;

namespace Moderato.Cli.Commands;

/// <summary>Some contents and the lines of JSON that say what was decided on them.</summary>
/// <param name="place">Where rows are, for a message: <c>comments.jsonl, line</c>.</param>
internal sealed class ClassifyBatch(Cascade cascade, bool keep, string place)
{
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>A language shows in so many characters, or not at all.</summary>
    private const int DetectedChars = 2_000;

    private static readonly string[] Ours = ["id", "verdict", "category", "scores", "tier", "release", "latencyMs"];

    private readonly LanguageDetector detector = new();
    private readonly double[] scores = new double[cascade.Categories.Count];
    private readonly char[] start = new char[DetectedChars];
    private readonly ArrayBufferWriter<byte> output = new(1 << 16);
    private readonly Dictionary<string, JsonEncodedText> names = [];
    private readonly JsonEncodedText[] categories = [.. cascade.Categories.Select(category => JsonEncodedText.Encode(category))];

    public RowChunk Chunk { get; } = new();

    /// <summary>Where each column that matters stands in the chunk.</summary>
    public required ClassifyColumns Columns { get; set; }

    /// <summary>Rows without a text: nothing can be said of these, least of all that they are safe.</summary>
    public BadRows Bad { get; private set; } = new();

    public ReadOnlySpan<byte> Output => output.WrittenSpan;

    public void Classify()
    {
        output.ResetWrittenCount();
        Bad = new();
        using var json = new Utf8JsonWriter(output, WriterOptions);
        for (int row = 0; row < Chunk.Rows; row++)
        {
            if (Chunk.IsMissing(row, Columns.Text))
            {
                Bad.Add($"{place} {Chunk.Lines[row]}", $"column \"{Columns.Names[Columns.Text]}\": there is none, or it is null; an empty text is \"\"");
                continue;
            }

            var text = Cell(row, Columns.Text);
            string? language = Cell(row, Columns.Language) is { IsEmpty: false } named ? Encoding.UTF8.GetString(named) : Detect(text);
            string? surface = Cell(row, Columns.Surface) is { IsEmpty: false } shown ? Encoding.UTF8.GetString(shown) : null;
            long began = Stopwatch.GetTimestamp();
            var verdict = cascade.DecideUtf8(text, language, surface, scores);
            double milliseconds = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
            Write(json, row, verdict, milliseconds);
        }
    }

    private ReadOnlySpan<byte> Cell(int row, int column) => column < 0 ? default : Chunk[row, column];

    private string Detect(ReadOnlySpan<byte> text)
    {
        Utf8.ToUtf16(text, start, out _, out int written);
        return detector.Detect(start.AsSpan(0, written));
    }

    private void Write(Utf8JsonWriter json, int row, CascadeVerdict verdict, double milliseconds)
    {
        json.WriteStartObject();
        if (Cell(row, Columns.Id) is { IsEmpty: false } id)
        {
            json.WriteString("id"u8, id);
        }
        else
        {
            json.WriteString("id"u8, Chunk.Lines[row].ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        if (keep)
        {
            Keep(json, row);
        }

        json.WriteString("verdict"u8, verdict.Verdict switch { Verdict.Safe => "safe"u8, Verdict.Borderline => "borderline"u8, _ => "violating"u8 });
        if (verdict.Category >= 0)
        {
            json.WriteString("category"u8, categories[verdict.Category]);
        }
        else
        {
            json.WriteNull("category"u8);
        }

        json.WriteStartObject("scores"u8);
        for (int c = 0; c < scores.Length; c++)
        {
            if (!double.IsNaN(scores[c]))
            {
                json.WriteNumber(categories[c], scores[c]);
            }
        }

        json.WriteEndObject();
        json.WriteString("tier"u8, TierModel.Ngram);
        json.WriteString("release"u8, cascade.Release.Id);
        json.WriteNumber("latencyMs"u8, Math.Round(milliseconds, 4));
        json.WriteEndObject();
        json.Flush();
        json.Reset();
        output.Write("\n"u8);
    }

    private void Keep(Utf8JsonWriter json, int row)
    {
        if (Chunk.Line(row) is { IsEmpty: false } line)
        {
            KeepMembers(json, line);
            return;
        }

        for (int column = 0; column < Columns.Names.Count; column++)
        {
            if (!Ours.Contains(Columns.Names[column]) && Chunk[row, column] is { IsEmpty: false } cell)
            {
                json.WriteString(Name(Columns.Names[column]), cell);
            }
        }
    }

    /// <summary>The members of the input's own object as they were written, nested ones whole.</summary>
    private static void KeepMembers(Utf8JsonWriter json, ReadOnlySpan<byte> line)
    {
        var reader = new Utf8JsonReader(line);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            reader.Read();
            int from = (int)reader.TokenStartIndex;
            reader.Skip();
            if (!Ours.Contains(name))
            {
                json.WritePropertyName(name);
                json.WriteRawValue(line[from..(int)reader.BytesConsumed], skipInputValidation: true);
            }
        }
    }

    private JsonEncodedText Name(string column)
    {
        if (!names.TryGetValue(column, out var encoded))
        {
            names[column] = encoded = JsonEncodedText.Encode(column, JavaScriptEncoder.UnsafeRelaxedJsonEscaping);
        }

        return encoded;
    }
}

/// <summary>Where the columns that a decision needs stand; −1 for one that is not there.</summary>
internal sealed record ClassifyColumns(IReadOnlyList<string> Names, int Id, int Text, int Language, int Surface)
{
    public static ClassifyColumns None { get; } = new([], -1, -1, -1, -1);

    /// <exception cref="InputException">There is no text.</exception>
    public static ClassifyColumns Of(string file, IReadOnlyList<string> names, ColumnMap map)
    {
        map.Check(file, names);
        int At(params string[] wanted) => wanted
            .Select(name => Enumerable.Range(0, names.Count).FirstOrDefault(i => map.Ours(names[i]).Contains(name), -1))
            .FirstOrDefault(index => index >= 0, -1);

        int text = At("text");
        return text >= 0
            ? new([.. names], At("id"), text, At("language", "lang"), At("surface"))
            : throw new InputException(
                file, $"no column \"text\"; there are {ColumnNames.List(names)}",
                names.FirstOrDefault(name => name.ToLowerInvariant() is "content" or "body" or "comment" or "message" or "comment_text" or "tweet") is { } likely
                    ? $"did you mean --map text={likely}?" : "name the column that holds the text: --map text=COLUMN");
    }
}
