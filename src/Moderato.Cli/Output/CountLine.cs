using System.Globalization;
using Moderato.Pictures;

namespace Moderato.Cli.Output;

/// <summary>One line on standard error with a count and its rate, twice a second; nothing when nobody is watching.</summary>
internal sealed class CountLine(Terminal terminal, string what) : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);
    private readonly long began = terminal.Time.GetTimestamp();
    private TimeSpan shownAt;
    private readonly Lock gate = new();
    private int shown;

    public void Show(long count) => Show(count, null);

    /// <param name="count">Done so far; several threads may say so.</param>
    /// <param name="of">All that there are to do, where that is known.</param>
    public void Show(long count, long? of)
    {
        lock (gate)
        {
            Draw(count, of);
        }
    }

    /// <summary>Ends the line, and leaves a remark.</summary>
    public void Leave(string remark)
    {
        Clear();
        terminal.Note(remark);
    }

    private void Draw(long count, long? of)
    {
        var elapsed = terminal.Time.GetElapsedTime(began);
        if (!terminal.ErrorIsWatched || elapsed - shownAt < Interval)
        {
            return;
        }

        shownAt = elapsed;
        double pace = count / elapsed.TotalSeconds;
        string line = $"{Numbers.Count(count)}{(of is { } all ? $" of {Numbers.Count(all)}" : "")} {what}, {(pace < 10 ? pace.ToString("F1", CultureInfo.InvariantCulture) : Numbers.Count((long)pace))} a second{Left(count, of, pace)}";
        terminal.Error.Write($"\r{line.PadRight(shown)}");
        shown = line.Length;
    }

    private static string Left(long count, long? of, double pace) => of is { } all && pace > 0 && (all - count) / pace is > 60 and var seconds
        ? $", {Numbers.Count((long)Math.Ceiling(seconds / 60))} min left"
        : "";

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
