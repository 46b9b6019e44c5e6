using System.Collections.Concurrent;
using System.Threading.Channels;

namespace Moderato.Cli.Commands;

/// <summary>Reads on one thread, works on all, and hands the results on in the order of reading, with a bounded number under way.</summary>
internal static class OrderedWork
{
    /// <summary>
    /// Repeats: <paramref name="read"/> fills a batch (false at the end), <paramref name="work"/> works on it beside others,
    /// <paramref name="write"/> gets the batches in order. Batches are used again, so memory does not grow with the input.
    /// When cancelled, what was read is still worked on and written before the exception.
    /// </summary>
    /// <exception cref="OperationCanceledException">Cancelled; every batch that was read has been written.</exception>
    public static async Task Run<TBatch>(
        Func<TBatch> create, Func<TBatch, bool> read, Action<TBatch> work, Action<TBatch> write, CancellationToken cancel)
    {
        var free = new ConcurrentBag<TBatch>();
        var underWay = Channel.CreateBounded<Task<TBatch>>(2 * Environment.ProcessorCount);
        var writing = Task.Run(async () =>
        {
            try
            {
                await foreach (var worked in underWay.Reader.ReadAllAsync(CancellationToken.None))
                {
                    var batch = await worked;
                    write(batch);
                    free.Add(batch);
                }
            }
            finally
            {
                // Nobody would take what is offered any more.
                underWay.Writer.TryComplete();
            }
        }, CancellationToken.None);

        try
        {
            while (!cancel.IsCancellationRequested)
            {
                var batch = free.TryTake(out var used) ? used : create();
                if (!read(batch))
                {
                    break;
                }

                await underWay.Writer.WriteAsync(Task.Run(() =>
                {
                    work(batch);
                    return batch;
                }, CancellationToken.None), CancellationToken.None);
            }
        }
        catch (ChannelClosedException)
        {
            // Work or writing failed: the exception comes out of the task that waits for it.
        }
        finally
        {
            underWay.Writer.TryComplete();
            await writing;
        }

        cancel.ThrowIfCancellationRequested();
    }
}
