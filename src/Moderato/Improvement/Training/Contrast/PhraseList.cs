namespace Moderato.Improvement.Training.Contrast;

/// <summary>A list of phrases that lies beside this file, a phrase a line; lines with # say what it is.</summary>
internal static class PhraseList
{
    public static string[] Read(string name)
    {
        using var stream = typeof(PhraseList).Assembly.GetManifestResourceStream($"Contrast.{name}.txt")
            ?? throw new InvalidOperationException($"The build carries no phrases \"{name}\".");
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split('\n').Where(line => line.Length > 0 && line[0] != '#')];
    }
}
