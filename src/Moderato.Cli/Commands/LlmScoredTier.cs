using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Moderato.Classification;
using Moderato.Classification.Llm;
using Moderato.Cli.Input;
using Moderato.Cli.Output;
using Moderato.Improvement;
using Moderato.Policies;
using Moderato.Releases;
using Moderato.Server.Classification;

namespace Moderato.Cli.Commands;

/// <summary>
/// An llm tier that is asked about many contents. One that fails costs its content and is counted; an endpoint that answers nobody ends
/// the work. What it said is kept as it comes, so that the same command goes on from there.
/// </summary>
internal sealed class LlmScoredTier(LlmTier tier, Adapter adapter, Policy policy, AskedEndpoint asked, byte[] definition, string kept)
    : ScoredTier(TierModel.Llm, tier.Model, definition)
{
    /// <summary>Failures one after the other that are an endpoint's and no content's: half as many would only have it left alone for a while.</summary>
    private const int MostInARow = 10;

    /// <summary>Between looks at whether an endpoint that is left alone may be asked again.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly EndpointConnection endpoint = asked.Connect(TimeProvider.System);
    private readonly ConcurrentDictionary<string, int> notJudged = [];
    private int inARow;

    public override ScoredContents Score(IReadOnlyList<LabelledContent> contents, IReadOnlyList<string> categories, CountLine progress, CancellationToken cancel)
    {
        using var judge = new LlmJudge(tier, adapter, policy, endpoint, new DailyBudget(null, TimeProvider.System));
        using var known = KeptScores.Open(kept, Identity(categories));
        var scores = new IReadOnlyDictionary<string, double>[contents.Count];
        var gate = new Lock();
        var cost = new TierCost();
        int done = 0;
        try
        {
            // The first alone: an endpoint that is not there is not asked about all of them.
            ScoreAsync(0, cancel).AsTask().GetAwaiter().GetResult();
            Parallel.ForEachAsync(Enumerable.Range(1, contents.Count - 1), new ParallelOptions { MaxDegreeOfParallelism = asked.AtOnce, CancellationToken = cancel }, ScoreAsync).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            progress.Leave($"{known.Count} of {contents.Count} contents are scored and kept in {kept}: the same command goes on from there.");
            throw;
        }

        return new(scores, notJudged, cost);

        async ValueTask ScoreAsync(int content, CancellationToken stopping)
        {
            if (known.Find(contents[content].Text) is { } before)
            {
                scores[content] = before;
            }
            else
            {
                var answer = await AskAsync(judge, new TierRequest(contents[content].Text, null, categories), stopping);
                scores[content] = answer.Outcome is TierOutcome.Judged judged ? judged.Scores : new Dictionary<string, double>();
                lock (gate)
                {
                    cost += answer.Cost;
                }

                if (answer.Outcome is TierOutcome.Judged)
                {
                    known.Keep(contents[content].Text, scores[content]);
                }
                else
                {
                    notJudged.AddOrUpdate(TierDetail.OutcomeName(answer.Outcome), 1, (_, count) => count + 1);
                }
            }

            progress.Show(Interlocked.Increment(ref done), contents.Count);
        }
    }

    public override void Dispose() => endpoint.Dispose();

    private async Task<TierAnswer> AskAsync(LlmJudge judge, TierRequest request, CancellationToken cancel)
    {
        while (true)
        {
            var answer = await judge.JudgeAsync(request, cancel);
            switch (answer.Outcome)
            {
                case TierOutcome.NotAsked { Why: NotAskedBecause.CircuitOpen }:
                    await Task.Delay(Pause, cancel);
                    continue;
                case TierOutcome.Failed(var fault) when EndsAll(fault) || Interlocked.Increment(ref inARow) >= MostInARow:
                    throw new InputException("--url", $"{asked.Url}: {TierDetail.OutcomeName(answer.Outcome)}{(EndsAll(fault) ? "" : FormattableString.Invariant($", and {MostInARow} failures one after the other"))}", Remedy(fault));
                case TierOutcome.Judged:
                    Interlocked.Exchange(ref inARow, 0);
                    break;
            }

            return answer;
        }
    }

    /// <summary>The next content would fare no better.</summary>
    private static bool EndsAll(ProviderFault fault) => fault
        is ProviderFault.ConnectionRefused or ProviderFault.NameNotResolved or ProviderFault.TlsFailed
        or ProviderFault.Unauthorized or ProviderFault.Forbidden or ProviderFault.NotFound or ProviderFault.Redirected;

    private static string Remedy(ProviderFault fault) => fault switch
    {
        ProviderFault.ConnectionRefused or ProviderFault.NameNotResolved or ProviderFault.ConnectionLost => "start the endpoint, or mend the address",
        ProviderFault.TlsFailed => "give an address whose certificate this machine trusts",
        ProviderFault.Unauthorized or ProviderFault.Forbidden => "name a file that holds a key which may ask this model, with --key-file",
        ProviderFault.NotFound => "give the address up to and with /v1, and a \"model\" that the endpoint has",
        ProviderFault.Redirected => "give the address that it redirects to, if you trust it: a redirect is not followed, it would carry the key along",
        ProviderFault.NoAnswerInTime or ProviderFault.AnswerTooSlow or ProviderFault.RequestTimeout or ProviderFault.GatewayTimeout =>
            "give it more time with --timeout, or ask about fewer at once with --at-once; what was scored is kept",
        ProviderFault.RateLimited or ProviderFault.Overloaded or ProviderFault.Unavailable => "ask about fewer at once with --at-once, or later; what was scored is kept",
        ProviderFault.BadRequest or ProviderFault.Unprocessable or ProviderFault.TooLarge => "look into the endpoint's log: it does not take what this adapter sends",
        ProviderFault.ServerError or ProviderFault.BadGateway or ProviderFault.UnexpectedStatus => "look into the endpoint's log",
        _ => "its model does not answer in the adapter's form: try another adapter (docs/tiers.md), or another model",
    };

    /// <summary>What an answer depends on, beside the text.</summary>
    private string Identity(IReadOnlyList<string> categories) => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes($"{Hash}\n{policy.Version}\n{string.Join(' ', categories)}")));
}
