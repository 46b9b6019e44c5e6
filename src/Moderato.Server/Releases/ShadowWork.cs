using System.Threading.Channels;
using Moderato.Decisions;
using Moderato.Releases;
using Moderato.Server.Decisions;

namespace Moderato.Server.Releases;

/// <summary>A content that was answered and that a shadow is still to decide.</summary>
public sealed record ShadowContent(int Workspace, Cascade Shadow, Content Content, Decision Answered);

/// <summary>
/// Lets the shadow decide after the answer has gone out. What it has no time for it leaves out and counts; what fails in it fails
/// nobody.
/// </summary>
public sealed partial class ShadowWork(Decider decider, Shadows shadows, ILogger<ShadowWork> logger) : BackgroundService
{
    private const int MostWaiting = 10_000;

    /// <summary>Also how many of them a later tier is asked about at a time.</summary>
    private const int AtOnce = 100;

    private readonly Channel<ShadowContent> queue = Channel.CreateBounded<ShadowContent>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });
    private long leftOut;

    /// <summary>Contents that it had no time for.</summary>
    public long LeftOut => Interlocked.Read(ref leftOut);

    /// <summary>Returns at once.</summary>
    public void Offer(ShadowContent content)
    {
        if (!queue.Writer.TryWrite(content))
        {
            Interlocked.Increment(ref leftOut);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var group = new List<ShadowContent>();
        while (await queue.Reader.WaitToReadAsync(stoppingToken))
        {
            while (group.Count < AtOnce && queue.Reader.TryRead(out var content))
            {
                group.Add(content);
            }

            try
            {
                var decided = await Task.WhenAll(group.Select(one => decider.DecideAsync(one.Workspace, one.Shadow, one.Content, null, stoppingToken).AsTask()));
                await shadows.AddAsync(
                    [.. group.Zip(decided).Select(one => new ShadowDecision(one.First.Answered, one.First.Shadow.Release.Id, (one.Second as Decided.Made)?.Write.Decision))],
                    stoppingToken);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                Interlocked.Add(ref leftOut, group.Count);
                LogLeftOut(failure.GetType().Name, group.Count);
            }

            group.Clear();
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The shadow left out {Contents} contents ({Failure}).")]
    private partial void LogLeftOut(string failure, int contents);
}
