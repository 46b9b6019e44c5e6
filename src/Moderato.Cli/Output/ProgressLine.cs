using System.Globalization;
using Moderato.Improvement.Training;

namespace Moderato.Cli.Output;

/// <summary>One line on standard error that says how far the work is; nothing when nobody is watching.</summary>
internal sealed class ProgressLine(Terminal terminal) : IProgress<TrainingProgress>, IDisposable
{
    private readonly long started = terminal.Time.GetTimestamp();
    private readonly Lock writing = new();
    private int shown;

    public void Report(TrainingProgress progress)
    {
        if (!terminal.ErrorIsWatched)
        {
            return;
        }

        double seconds = terminal.Time.GetElapsedTime(started).TotalSeconds;
        string line = string.Create(CultureInfo.InvariantCulture, $"{progress.Stage}: {progress.Share:P0}, {seconds:0} s");
        lock (writing)
        {
            terminal.Error.Write($"\r{line.PadRight(shown)}");
            shown = line.Length;
        }
    }

    public void Clear()
    {
        lock (writing)
        {
            if (shown > 0)
            {
                terminal.Error.Write($"\r{"".PadRight(shown)}\r");
                shown = 0;
            }
        }
    }

    public void Dispose() => Clear();
}
