using System.Runtime.CompilerServices;

namespace Moderato.Tests;

/// <summary>Weights to test the later tiers with: read from <c>MODERATO_MODELS</c>, by default <c>../shared/models</c> beside the repository. Never in the repository.</summary>
internal static class SharedModels
{
    /// <summary>The folder; skips the calling test when it is absent, and fails it on CI.</summary>
    public static string Folder()
    {
        string folder = Environment.GetEnvironmentVariable("MODERATO_MODELS")
            ?? Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "../../../shared/models"));
        bool absent = !Directory.Exists(folder);
        if (absent && Environment.GetEnvironmentVariable("CI") == "true")
        {
            Assert.Fail($"On CI the models have to be there: no folder {folder} (MODERATO_MODELS).");
        }

        Assert.SkipWhen(absent, $"The models are not here: no folder {folder} (MODERATO_MODELS).");
        return folder;
    }

    private static string Here([CallerFilePath] string path = "") => path;
}
