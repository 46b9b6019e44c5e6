using System.Runtime.CompilerServices;

namespace Moderato.Tests;

/// <summary>The public labelled sets: read from <c>MODERATO_DATA</c>, by default <c>../shared/data</c> beside the repository. Never in the repository.</summary>
internal static class SharedData
{
    /// <summary>The folder; skips the calling test when it is absent, and fails it on CI.</summary>
    public static string Folder()
    {
        string folder = Environment.GetEnvironmentVariable("MODERATO_DATA")
            ?? Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "../../../shared/data"));
        bool absent = !Directory.Exists(folder);
        if (absent && Environment.GetEnvironmentVariable("CI") == "true")
        {
            Assert.Fail($"On CI the labelled sets have to be there: no folder {folder} (MODERATO_DATA).");
        }

        Assert.SkipWhen(absent, $"The labelled sets are not here: no folder {folder} (MODERATO_DATA).");
        return folder;
    }

    public static string File(string set) => Path.Combine(Folder(), set + ".jsonl.gz");

    private static string Here([CallerFilePath] string path = "") => path;
}
