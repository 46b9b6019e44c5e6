namespace Moderato.Cli.Input;

/// <summary>Whether two paths lead to the same bytes: one file, a link to it, or a copy.</summary>
internal static class SameContent
{
    private const int Block = 1 << 16;

    /// <returns>False where one is not a file that can be read twice.</returns>
    public static bool Of(string path, string other)
    {
        if (Path.GetFullPath(path) == Path.GetFullPath(other))
        {
            return true;
        }

        if (!File.Exists(path) || !File.Exists(other))
        {
            return false;
        }

        using var first = File.OpenRead(path);
        using var second = File.OpenRead(other);
        return first.CanSeek && second.CanSeek && first.Length > 0 && first.Length == second.Length && AreEqual(first, second);
    }

    private static bool AreEqual(FileStream first, FileStream second)
    {
        var (bytes, others) = (new byte[Block], new byte[Block]);
        int read;
        while ((read = first.ReadAtLeast(bytes, Block, throwOnEndOfStream: false)) > 0)
        {
            if (second.ReadAtLeast(others, Block, throwOnEndOfStream: false) != read || !bytes.AsSpan(0, read).SequenceEqual(others.AsSpan(0, read)))
            {
                return false;
            }
        }

        return true;
    }
}
