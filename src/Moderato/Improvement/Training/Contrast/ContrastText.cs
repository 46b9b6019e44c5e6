namespace Moderato.Improvement.Training.Contrast;

/// <summary>A text that was made to differ from another one in what makes it hate.</summary>
/// <param name="Base">Place of the content it was made from; −1 where it was made from none.</param>
/// <param name="Kind">How it was made: opposed, endorsed, negated, swapped, thing, reclaimed, homonym.</param>
public sealed record ContrastText(string Text, bool Hateful, int Base, string Kind);
