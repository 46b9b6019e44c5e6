namespace Moderato.Cli.Input;

/// <summary>The input or an argument is wrong. Ends the command with <see cref="ExitCode.WrongInput"/>.</summary>
/// <param name="place">File with line or column, or the argument: <c>decisions.csv, line 3, column "score"</c>.</param>
/// <param name="found">What was found there. Never content, a key or a token.</param>
/// <param name="remedy">What would be right.</param>
public sealed class InputException(string place, string found, string remedy)
    : Exception($"{place}: {found}")
{
    public string Place { get; } = place;

    public string Found { get; } = found;

    public string Remedy { get; } = remedy;
}
