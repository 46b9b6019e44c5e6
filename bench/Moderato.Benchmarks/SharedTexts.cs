using System.IO.Compression;
using System.Text.Json;

namespace Moderato.Benchmarks;

/// <summary>Texts of the public labelled sets, read from <c>MODERATO_DATA</c>, by default <c>../shared/data</c> beside the repository.</summary>
internal static class SharedTexts
{
    public static string Directory { get; } =
        Environment.GetEnvironmentVariable("MODERATO_DATA") ?? Path.Combine(Root, "..", "shared", "data");

    /// <summary>Where the solution lies.</summary>
    public static string Root
    {
        get
        {
            var directory = new DirectoryInfo(AppContext.BaseDirectory);
            while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "Moderato.slnx")))
            {
                directory = directory.Parent;
            }

            return directory?.FullName ?? Environment.CurrentDirectory;
        }
    }

    public static IEnumerable<JsonElement> Rows(string set)
    {
        using var lines = new StreamReader(new GZipStream(File.OpenRead(Path.Combine(Directory, $"{set}.jsonl.gz")), CompressionMode.Decompress));
        while (lines.ReadLine() is { } line)
        {
            yield return JsonElement.Parse(line);
        }
    }

    public static string TextOf(JsonElement row) => row.GetProperty("text").GetString()!;
}
