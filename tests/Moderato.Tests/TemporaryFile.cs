namespace Moderato.Tests;

/// <summary>A file in a folder of its own, gone with it.</summary>
internal sealed class TemporaryFile : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("moderato").FullName;

    public TemporaryFile(string name, string text)
    {
        Path = System.IO.Path.Combine(folder, name);
        File.WriteAllText(Path, text);
    }

    public string Path { get; }

    /// <summary>Another beside it.</summary>
    public TemporaryFile With(string name, string text)
    {
        File.WriteAllText(System.IO.Path.Combine(folder, name), text);
        return this;
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
