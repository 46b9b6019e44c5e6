namespace Moderato.Improvement.Training.Contrast;

/// <summary>A text that was made to differ from another one in what makes it hate.</summary>
/// <param name="Base">Place of the content it was made from.</param>
/// <param name="Kind">How it was made: opposed, endorsed, negated, swapped, thing.</param>
/// <param name="Frame">Place of the phrase it was put into in the list of its kind; −1 where there is none.</param>
public sealed record ContrastText(string Text, bool Hateful, int Base, string Kind, int Frame = -1);
