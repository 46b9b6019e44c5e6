namespace Moderato.Cli.Input;

/// <summary>What became of the rows of the input.</summary>
/// <param name="Rows">Rows found, readable or not, of the categories asked for (a row that cannot be read counts, whatever its category).</param>
/// <param name="Bad">The first ten rows that could not be read.</param>
/// <param name="Assumed">What was taken for granted or left out because of how the file is, a sentence each.</param>
public sealed record ReadReport(
    long Rows, long Read, long Rejected, IReadOnlyList<BadRow> Bad, IReadOnlyList<string> Assumed);
