namespace Moderato.Classification;

/// <summary>A model or release file that cannot be used: damaged, of another format, or not what its name says.</summary>
/// <param name="place">The file, and where in it.</param>
/// <param name="found">What was found there.</param>
/// <param name="remedy">What would be right.</param>
public sealed class UnusableFileException(string place, string found, string remedy)
    : Exception($"{place}: {found}")
{
    public string Place { get; } = place;

    public string Found { get; } = found;

    public string Remedy { get; } = remedy;
}
