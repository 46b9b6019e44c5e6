using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Moderato.Cli.Commands;

/// <summary>What a model said of contents, in a file that grows as it says it: one that is cut off anywhere loses its last line. It holds no text, only its hash.</summary>
internal sealed class KeptScores : IDisposable
{
    private readonly ConcurrentDictionary<string, IReadOnlyDictionary<string, double>> scores = [];
    private readonly string identity;
    private readonly StreamWriter lines;

    private KeptScores(string path, string identity)
    {
        this.identity = identity;
        if (File.Exists(path))
        {
            foreach (var line in File.ReadLines(path).Select(Read).OfType<Line>().Where(line => line.Asked == identity))
            {
                scores[line.Text] = line.Scores;
            }
        }

        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        bool isCut = IsCut(path);
        lines = new StreamWriter(path, append: true) { AutoFlush = true };
        if (isCut)
        {
            // Else the next score would stand in the line that was cut off, and be lost with it.
            lines.WriteLine();
        }
    }

    public int Count => scores.Count;

    /// <param name="path">Of the file, which need not be there yet.</param>
    /// <param name="identity">What the scores depend on beside the text: lines of another are left alone.</param>
    public static KeptScores Open(string path, string identity) => new(path, identity);

    public IReadOnlyDictionary<string, double>? Find(string text) => scores.GetValueOrDefault(HashOf(text));

    public void Keep(string text, IReadOnlyDictionary<string, double> own)
    {
        string hash = HashOf(text);
        if (scores.TryAdd(hash, own))
        {
            string line = JsonSerializer.Serialize(new Line(identity, hash, own), JsonSerializerOptions.Web);
            lock (lines)
            {
                lines.WriteLine(line);
            }
        }
    }

    public void Dispose() => lines.Dispose();

    private static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static bool IsCut(string path)
    {
        if (!File.Exists(path))
        {
            return false;
        }

        using var file = File.OpenRead(path);
        return file.Length > 0 && file.Seek(-1, SeekOrigin.End) >= 0 && file.ReadByte() != '\n';
    }

    private static Line? Read(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<Line>(line, JsonSerializerOptions.Web) is { Asked: not null, Text: not null, Scores: not null } whole ? whole : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record Line(string Asked, string Text, IReadOnlyDictionary<string, double> Scores);
}
