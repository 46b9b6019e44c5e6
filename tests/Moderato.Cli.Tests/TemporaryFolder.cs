using Moderato.Releases;
using Moderato.Tests.Releases;

namespace Moderato.Cli.Tests;

/// <summary>A folder that is gone after the test.</summary>
public sealed class TemporaryFolder : IDisposable
{
    private readonly string path = Directory.CreateTempSubdirectory("moderato-test-").FullName;

    public string this[string name] => Path.Combine(path, name);

    public string Write(string name, string text)
    {
        File.WriteAllText(this[name], text);
        return this[name];
    }

    public string Write(string name, byte[] bytes)
    {
        File.WriteAllBytes(this[name], bytes);
        return this[name];
    }

    /// <summary>A release of seeded weights, so that a test does not hang on what was trained last.</summary>
    public string Release()
    {
        ReleaseFile.Save(SeededRelease.Create(), SeededRelease.Model, this["release"]);
        return this["release"];
    }

    public void Dispose() => Directory.Delete(path, recursive: true);
}
