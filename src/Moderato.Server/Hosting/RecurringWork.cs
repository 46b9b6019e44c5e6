using Moderato.Server.Storage;

namespace Moderato.Server.Hosting;

/// <summary>
/// Work that is done again and again while the server runs. A turn that fails, whatever with, is written to the log and ends nothing:
/// the next turn tries again.
/// </summary>
/// <param name="every">The time between the beginnings of two turns; one that takes longer is followed at once.</param>
public abstract partial class RecurringWork(TimeSpan every, FirstTurn first, TimeProvider time, ILogger logger) : BackgroundService
{
    protected TimeProvider Time { get; } = time;

    /// <summary>One turn. What it throws is for the log: nobody else sees it.</summary>
    protected internal abstract Task RunAsync(CancellationToken cancel);

    public sealed override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (first == FirstTurn.BeforeStart)
        {
            await RunAsync(cancellationToken);
        }

        await base.StartAsync(cancellationToken);
    }

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(every, Time);
        try
        {
            if (first == FirstTurn.AtOnce)
            {
                await TurnAsync(stoppingToken);
            }

            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await TurnAsync(stoppingToken);
            }
        }
        catch (Exception) when (stoppingToken.IsCancellationRequested)
        {
            // Whatever breaks off when the server ends has nothing to say any more.
        }
    }

    private async Task TurnAsync(CancellationToken stopping)
    {
        try
        {
            await RunAsync(stopping);
        }
        catch (Exception failure) when (!stopping.IsCancellationRequested)
        {
            // Where and what kind, never the message: it may hold content. The innermost says more than what it is wrapped in.
            string kind = failure.GetBaseException().GetType().Name;
            if (StoreOutage.Is(failure))
            {
                LogOutage(GetType().Name, kind, every);
            }
            else
            {
                LogDefect(GetType().Name, kind, every, failure.StackTrace);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Work} did not run, for the store cannot be used ({Failure}); it is tried again in {Every}.")]
    private partial void LogOutage(string work, string failure, TimeSpan every);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Work} failed ({Failure}); it is tried again in {Every}.\n{Stack}")]
    private partial void LogDefect(string work, string failure, TimeSpan every, string? stack);
}

/// <summary>When recurring work is done for the first time.</summary>
public enum FirstTurn
{
    /// <summary>The server does not start without it: what it throws ends the start.</summary>
    BeforeStart,

    /// <summary>With the server's start, which does not wait for it.</summary>
    AtOnce,

    /// <summary>When the first period is over.</summary>
    Later,
}
