using Moderato.Cli.Input;

namespace Moderato.Cli.Output;

/// <summary>A file that is there whole or not at all.</summary>
public static class AtomicFile
{
    /// <summary>Writes beside <paramref name="path"/> and moves into place at the end; on any exception nothing is left.</summary>
    /// <exception cref="InputException">The folder is not there or may not be written to.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        string unfinished = Path.Combine(folder, $".{Path.GetFileName(path)}.{Environment.ProcessId}.tmp");
        try
        {
            using (var stream = Create(unfinished, path))
            {
                write(stream);
            }

            File.Move(unfinished, path, overwrite: true);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    private static FileStream Create(string unfinished, string path)
    {
        try
        {
            return new FileStream(unfinished, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16);
        }
        catch (Exception refused) when (refused is UnauthorizedAccessException or IOException)
        {
            throw new InputException(path, "the file cannot be written", "name a file in a folder that exists and that you may write to");
        }
    }
}
