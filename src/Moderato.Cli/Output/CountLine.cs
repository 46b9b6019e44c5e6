using Moderato.Pictures;

namespace Moderato.Cli.Output;

/// <summary>One line on standard error with a count and its rate, twice a second; nothing when nobody is watching.</summary>
internal sealed class CountLine(Terminal terminal, string what) : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);
    private readonly long began = terminal.Time.GetTimestamp();
    private TimeSpan shownAt;
    private int shown;

    public void Show(long count)
    {
        var elapsed = terminal.Time.GetElapsedTime(began);
        if (!terminal.ErrorIsWatched || elapsed - shownAt < Interval)
        {
            return;
        }

        shownAt = elapsed;
        string line = $"{Numbers.Count(count)} {what}, {Numbers.Count((long)(count / elapsed.TotalSeconds))} a second";
        terminal.Error.Write($"\r{line.PadRight(shown)}");
        shown = line.Length;
    }

    public void Clear()
    {
        if (shown > 0)
        {
            terminal.Error.Write($"\r{"".PadRight(shown)}\r");
            shown = 0;
        }
    }

    public void Dispose() => Clear();
}
