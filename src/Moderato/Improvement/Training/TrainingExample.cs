namespace Moderato.Improvement.Training;

/// <summary>A text as the trainer sees it.</summary>
/// <param name="Rows">Its features, a table row for each occurrence.</param>
/// <param name="Targets">A probability of violating for each category; NaN where it is unknown, and then nothing is learnt from it.</param>
/// <param name="Source">Index of the set it came from: each has prevalences of its own, which are learnt apart and left behind.</param>
/// <param name="Weight">How much the text counts beside others.</param>
/// <param name="Meaning">What a sentence encoder makes of it, for a teacher; null where there is none.</param>
/// <param name="IsOurs">Made by us, to be what its targets say: no teacher is asked about it.</param>
public sealed record TrainingExample(
    int[] Rows, float[] Targets, int Source, float Weight = 1, float[]? Meaning = null, bool IsOurs = false);
