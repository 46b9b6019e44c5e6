using System.Runtime.CompilerServices;

namespace Moderato.Server.Tests.Classification;

/// <summary>A table under <c>bench/results</c> that a test makes. After a change that is meant, run once with <c>MODERATO_GOLDEN=write</c> and read the difference.</summary>
internal static class CommittedTable
{
    public static void Check(string name, string actual, [CallerFilePath] string here = "")
    {
        string path = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../bench/results", name + ".md"));
        if (Environment.GetEnvironmentVariable("MODERATO_GOLDEN") == "write")
        {
            File.WriteAllText(path, actual);
        }

        Assert.True(File.Exists(path), $"There is no {path}; run once with MODERATO_GOLDEN=write.");
        Assert.Equal(File.ReadAllText(path).ReplaceLineEndings("\n"), actual.ReplaceLineEndings("\n"));
    }
}
