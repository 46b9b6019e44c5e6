namespace Moderato.Improvement.Training;

/// <summary>The progress of one stage of several. Reports at once and in order, where <see cref="Progress{T}"/> would post them.</summary>
internal sealed class Stage(IProgress<TrainingProgress> whole, string name) : IProgress<double>
{
    public static Stage? Of(IProgress<TrainingProgress>? whole, string name) => whole is null ? null : new Stage(whole, name);

    public void Report(double value) => whole.Report(new TrainingProgress(name, value));
}
