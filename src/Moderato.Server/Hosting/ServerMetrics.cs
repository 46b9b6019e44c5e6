using System.Diagnostics.Metrics;
using System.Runtime.InteropServices;
using Moderato.Decisions;
using Moderato.Server.Decisions;

namespace Moderato.Server.Hosting;

/// <summary>What the server counts about itself. Names and tags hold no content, no key and no author.</summary>
public sealed class ServerMetrics
{
    public const string MeterName = "Moderato";

    private readonly Counter<long> decisions;
    private readonly Counter<long> refused;
    private readonly Counter<long> unnamed;
    private readonly Histogram<double> commits;
    private readonly Histogram<int> groups;

    public ServerMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        decisions = meter.CreateCounter<long>("moderato.decisions", "{decision}", "Decisions committed, by verdict, tier and release.");
        refused = meter.CreateCounter<long>("moderato.decisions.refused", "{decision}", "Decisions not taken because too many waited.");
        unnamed = meter.CreateCounter<long>("moderato.decisions.surface.other", "{decision}", "Decisions counted as (other), as their workspace has too many surfaces.");
        commits = meter.CreateHistogram("moderato.commit.duration", "s", "How long a commit took.", advice: new InstrumentAdvice<double>
        {
            HistogramBucketBoundaries = [.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5],
        });
        groups = meter.CreateHistogram("moderato.commit.decisions", "{decision}", "Decisions in one commit.", advice: new InstrumentAdvice<int>
        {
            HistogramBucketBoundaries = [1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500],
        });
        meter.CreateObservableGauge("moderato.decisions.waiting", () => Waiting?.Invoke() ?? 0, "{decision}", "Decisions that wait to be committed.");
    }

    /// <summary>Set by the writer that has the queue.</summary>
    public Func<int>? Waiting { get; set; }

    public void Committed(WriteOutcome[] outcomes, TimeSpan took)
    {
        commits.Record(took.TotalSeconds);
        groups.Record(outcomes.Length);
        if (!decisions.Enabled)
        {
            return;
        }

        var counts = new Dictionary<(Verdict Verdict, string Tier, string Release), long>();
        foreach (var outcome in outcomes)
        {
            if (outcome is WriteOutcome.Written { Stored.Decision: var decision })
            {
                CollectionsMarshal.GetValueRefOrAddDefault(counts, (decision.Verdict, decision.Tier, decision.Release), out _)++;
            }
        }

        foreach (var (what, count) in counts)
        {
            decisions.Add(count, new("verdict", DecisionAnswer.VerdictName(what.Verdict)), new("tier", what.Tier), new("release", what.Release));
        }
    }

    public void CountedUnnamed(long count) => unnamed.Add(count);

    public void Refused(int count) => refused.Add(count);
}
