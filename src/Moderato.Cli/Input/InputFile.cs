using System.IO.Compression;
using System.IO.Enumeration;
using ZstdSharp;

namespace Moderato.Cli.Input;

public enum InputFormat
{
    Csv,
    JsonLines,
    Parquet,
    Text,
}

/// <summary>A file to read, or standard input, with its format as its name or its first bytes tell it.</summary>
/// <param name="Name">As messages call it: the path as given, or "standard input".</param>
/// <param name="Path">Where the bytes are; null for standard input.</param>
public sealed record InputFile(string Name, string? Path, InputFormat Format, Func<Stream> OpenRaw)
{
    private const int PeekBytes = 4096;

    /// <summary>The decompressed bytes from the beginning.</summary>
    public Stream Open() => Decompress(OpenRaw());

    /// <summary>Reads from what <see cref="Open"/> gave.</summary>
    /// <exception cref="InputException">The compressed bytes are damaged or break off.</exception>
    public int Read(Stream stream, Span<byte> buffer)
    {
        try
        {
            return stream.Read(buffer);
        }
        catch (Exception broken) when (broken is InvalidDataException or ZstdException or EndOfStreamException)
        {
            throw new InputException(Name, "the compressed data is damaged or breaks off", "copy or export the file again");
        }
    }

    /// <summary>Expands "-", a path or a glob (<c>*</c>, <c>?</c> in the last part) into files, in the order of their names.</summary>
    /// <param name="plain">What a file is whose name and first bytes do not tell.</param>
    /// <exception cref="InputException">Nothing is there, or it is a folder or cannot be opened.</exception>
    public static IReadOnlyList<InputFile> Find(string pattern, Func<Stream> standardInput, InputFormat plain = InputFormat.Csv)
    {
        if (pattern == "-")
        {
            var input = new PeekedStream(standardInput(), PeekBytes);
            return [Sniffed("standard input", null, () => input, plain)];
        }

        if (File.Exists(pattern))
        {
            return [OnDisk(pattern, plain)];
        }

        if (Directory.Exists(pattern))
        {
            throw new InputException(pattern, "this is a folder", $"name a file, or several with a glob: {System.IO.Path.Combine(pattern, "*.csv")}");
        }

        string folder = System.IO.Path.GetDirectoryName(pattern) is { Length: > 0 } named ? named : ".";
        string last = System.IO.Path.GetFileName(pattern);
        if (last.AsSpan().IndexOfAny('*', '?') >= 0 && Directory.Exists(folder))
        {
            var found = Directory.EnumerateFiles(folder)
                .Where(path => FileSystemName.MatchesSimpleExpression(last, System.IO.Path.GetFileName(path), ignoreCase: false))
                .Order(StringComparer.Ordinal)
                .Select(path => OnDisk(folder == "." && !pattern.StartsWith('.') ? System.IO.Path.GetFileName(path) : path, plain))
                .ToList();
            return found.Count > 0 ? found : throw new InputException(pattern, "no file matches", "check the pattern, and quote it so that the shell leaves it alone");
        }

        throw new InputException(pattern, "there is no such file", Nearest(folder, last));
    }

    private static InputFile OnDisk(string path, InputFormat plain)
    {
        Stream Raw()
        {
            try
            {
                return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0, FileOptions.SequentialScan);
            }
            catch (Exception refused) when (refused is UnauthorizedAccessException or IOException)
            {
                throw new InputException(path, "the file cannot be opened", "check that it may be read by you");
            }
        }

        string bare = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[..^3]
            : path.EndsWith(".zst", StringComparison.OrdinalIgnoreCase) ? path[..^4] : path;
        return System.IO.Path.GetExtension(bare).ToLowerInvariant() switch
        {
            ".csv" or ".tsv" => new InputFile(path, path, InputFormat.Csv, Raw),
            ".jsonl" or ".ndjson" or ".json" => new InputFile(path, path, InputFormat.JsonLines, Raw),
            ".parquet" => new InputFile(path, path, InputFormat.Parquet, Raw),
            _ => Sniffed(path, path, Raw, plain),
        };
    }

    private static InputFile Sniffed(string name, string? path, Func<Stream> raw, InputFormat plain)
    {
        var stream = raw();
        try
        {
            var input = stream as PeekedStream ?? new PeekedStream(stream, PeekBytes);
            var head = input.Head;
            if (IsGzip(head) || IsZstd(head))
            {
                head = HeadOf(Decompress(new MemoryStream(head.ToArray())));
            }

            var text = head.TrimStart("\uFEFF \t\r\n"u8);
            var format = head.StartsWith("PAR1"u8) ? InputFormat.Parquet : text.StartsWith("{"u8) ? InputFormat.JsonLines : plain;
            return new InputFile(name, path, format, raw);
        }
        finally
        {
            if (path is not null)
            {
                stream.Dispose();
            }
        }
    }

    private static Stream Decompress(Stream raw)
    {
        var input = raw as PeekedStream ?? new PeekedStream(raw, 4);
        return IsGzip(input.Head) ? new GZipStream(input, CompressionMode.Decompress)
            : IsZstd(input.Head) ? new DecompressionStream(input)
            : input;
    }

    private static bool IsGzip(ReadOnlySpan<byte> head) => head.StartsWith((ReadOnlySpan<byte>)[0x1f, 0x8b]);

    private static bool IsZstd(ReadOnlySpan<byte> head) => head.StartsWith((ReadOnlySpan<byte>)[0x28, 0xb5, 0x2f, 0xfd]);

    /// <summary>The first bytes of a stream that may break off: the compressed bytes were only the beginning.</summary>
    private static ReadOnlySpan<byte> HeadOf(Stream stream)
    {
        var bytes = new byte[64];
        try
        {
            return bytes.AsSpan(0, stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false));
        }
        catch (Exception broken) when (broken is InvalidDataException or ZstdException or EndOfStreamException)
        {
            return [];
        }
    }

    private static string Nearest(string folder, string name)
    {
        if (!Directory.Exists(folder))
        {
            return $"check the path: there is no folder {folder}";
        }

        var names = Directory.EnumerateFiles(folder).Select(path => System.IO.Path.GetFileName(path));
        return DidYouMean.Of(name, names) is { } near ? $"did you mean {System.IO.Path.Combine(folder, near)}?" : "check the path";
    }
}
