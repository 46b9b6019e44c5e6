using Moderato.Classification;

namespace Moderato.Server.Storage;

/// <summary>
/// An embedded store belongs to one server at a time: two would not hear of each other's releases. A file beside it is open to
/// nobody else meanwhile; the system lets go of it when the process ends, however it ends.
/// </summary>
public sealed class OneServer : IDisposable
{
    private const string Name = "moderato.lock";

    private readonly FileStream file;

    private OneServer(FileStream file) => this.file = file;

    /// <exception cref="UnusableFileException">Another server has the store.</exception>
    public static OneServer In(string folder)
    {
        try
        {
            return new(new FileStream(Path.Combine(folder, Name), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException)
        {
            throw new UnusableFileException(
                Path.Combine(folder, SqliteStore.FileName), "another moderato server has it open", "stop that one, give --data another folder, or share a PostgreSQL database");
        }
    }

    public void Dispose() => file.Dispose();
}
