using System.Threading.Channels;
using Microsoft.ML.OnnxRuntime;
using Moderato.Classification;
using Moderato.Classification.Encoder;
using Moderato.Releases;

namespace Moderato.Server.Classification;

/// <summary>
/// The encoder behind a bounded queue: one worker a core takes what waits, and the model puts texts of one length into one pass.
/// What waits beyond the bound is not asked about, so that a burst costs reviews and not minutes.
/// </summary>
public sealed class EncoderTier : ILaterTier
{
    /// <summary>Contents that a worker takes at once.</summary>
    private const int MostTogether = 16;

    private readonly EncoderModel model;
    private readonly Channel<Job> queue;
    private readonly Task[] workers;

    /// <param name="mostWaiting">Contents in the queue.</param>
    public EncoderTier(EncoderModel model, int mostWaiting = 1_000, int? workers = null)
    {
        this.model = model;
        queue = Channel.CreateBounded<Job>(new BoundedChannelOptions(mostWaiting) { FullMode = BoundedChannelFullMode.Wait });
        this.workers = [.. Enumerable.Range(0, workers ?? Environment.ProcessorCount).Select(_ => Task.Factory.StartNew(Work, TaskCreationOptions.LongRunning))];
    }

    public string Name => TierModel.Encoder;

    public bool LeavesHouse => false;

    public Task<TierAnswer> JudgeAsync(TierRequest request, CancellationToken cancel)
    {
        var job = new Job(request, cancel);
        return queue.Writer.TryWrite(job)
            ? job.Answer.Task.WaitAsync(cancel)
            : Task.FromResult(new TierAnswer(new TierOutcome.NotAsked(NotAskedBecause.QueueFull), new TierCost()));
    }

    public void Dispose()
    {
        queue.Writer.TryComplete();
        Task.WaitAll(workers);
        model.Dispose();
    }

    private void Work()
    {
        var jobs = new List<Job>(MostTogether);
        while (queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            while (jobs.Count < MostTogether && queue.Reader.TryRead(out var job))
            {
                if (!job.Cancel.IsCancellationRequested)
                {
                    jobs.Add(job);
                }
            }

            Judge(jobs);
            jobs.Clear();
        }
    }

    private void Judge(List<Job> jobs)
    {
        try
        {
            var scores = model.Score([.. jobs.Select(job => job.Request.Text)]);
            for (int i = 0; i < jobs.Count; i++)
            {
                var own = scores[i];
                var judged = model.Categories.Zip(own.Scores).Where(score => jobs[i].Request.Categories.Contains(score.First))
                    .ToDictionary(score => score.First, score => Math.Round(score.Second, 4));
                jobs[i].Answer.SetResult(new(new TierOutcome.Judged(judged, ConfidenceSource.ModelScore), new TierCost(InputTokens: own.Tokens, Calls: 1)));
            }
        }
        catch (Exception wrong) when (wrong is UnusableFileException or OnnxRuntimeException)
        {
            jobs.ForEach(job => job.Answer.TrySetResult(new(new TierOutcome.NotAsked(NotAskedBecause.NotConfigured), new TierCost())));
        }
    }

    private sealed record Job(TierRequest Request, CancellationToken Cancel)
    {
        public TaskCompletionSource<TierAnswer> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
