namespace Moderato.Improvement.Training;

/// <summary>What a public labelled set may be used for.</summary>
public enum SetUse
{
    /// <summary>Its licence lets weights trained on it be given away under ours.</summary>
    Train,

    /// <summary>It has no moderation label.</summary>
    Unlabelled,

    /// <summary>Weights trained on it would have to carry its own licence.</summary>
    ShareAlike,

    /// <summary>The licence is unclear or there is none: measured with, never trained on.</summary>
    Evaluate,

    /// <summary>A judge: to train on it would make it worthless.</summary>
    EvaluateOnly,
}
