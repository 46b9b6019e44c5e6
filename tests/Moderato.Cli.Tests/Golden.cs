using System.Runtime.CompilerServices;

namespace Moderato.Cli.Tests;

/// <summary>
/// Texts that users see, pinned as files under <c>Golden/</c>. After a change that is meant, run the tests once with
/// <c>MODERATO_GOLDEN=write</c> and read the difference.
/// </summary>
public static class Golden
{
    public static void Check(string name, string actual, [CallerFilePath] string here = "")
    {
        string path = Path.Combine(Path.GetDirectoryName(here)!, "Golden", name + ".txt");
        if (Environment.GetEnvironmentVariable("MODERATO_GOLDEN") == "write")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, actual);
        }

        Assert.True(File.Exists(path), $"There is no {path}; run once with MODERATO_GOLDEN=write.\n{actual}");
        Assert.Equal(File.ReadAllText(path).ReplaceLineEndings("\n"), actual.ReplaceLineEndings("\n"));
    }
}
