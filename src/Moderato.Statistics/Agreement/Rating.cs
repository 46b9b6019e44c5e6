namespace Moderato.Statistics.Agreement;

/// <summary>One judgement: task, worker and label are indices from 0.</summary>
public readonly record struct Rating(int Task, int Worker, int Label);
