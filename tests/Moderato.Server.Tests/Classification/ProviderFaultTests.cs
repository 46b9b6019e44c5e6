using System.Text;
using Moderato.Classification;
using Moderato.Decisions;
using Moderato.Releases;
using Moderato.Server.Classification;

namespace Moderato.Server.Tests.Classification;

public sealed class ProviderFaultTests
{
    /// <summary>What the first tier calls safe: only a failure that became "safe" could make it pass.</summary>
    private const string Text = "good morning to all of you";

    private sealed record Row(PlayedFault Fault, string Outcome, int Calls, IReadOnlyDictionary<OnFailure, CascadeState> After);

    [Fact]
    public async Task Every_fault_is_recorded_as_itself_goes_where_the_release_says_and_none_becomes_safe()
    {
        var rows = await Task.WhenAll(ProviderFaults.All.Select(PlayAsync));
        Assert.True(rows.Length >= 30);
        foreach (var row in rows)
        {
            Assert.True(row.Fault.Becomes == row.Outcome, $"{row.Fault.Name}: {row.Outcome} instead of {row.Fault.Becomes}");
            if (row.Outcome != "judged")
            {
                Assert.Equal(Verdict.Borderline, row.After[OnFailure.Review].Verdict.Verdict);
                Assert.True(row.After[OnFailure.Refuse].Refused);
                Assert.Equal(TierModel.Ngram, row.After[OnFailure.PreviousTier].Tier);
                Assert.Equal(OnFailure.PreviousTier, row.After[OnFailure.PreviousTier].Steps[0].Became);
            }
        }

        CommittedTable.Check("faults", Table(rows));
    }

    private static async Task<Row> PlayAsync(PlayedFault fault)
    {
        using var provider = fault.Start?.Invoke();
        var url = fault.Becomes == "tlsFailed" ? new UriBuilder(provider!.Url) { Scheme = "https" }.Uri : fault.Url ?? provider!.Url;
        using var endpoint = new EndpointConnection(LlmRelease.Endpoint(url) with { TimeoutMs = 2_000 }, "key", TimeProvider.System);
        using var judge = LlmRelease.Judge(endpoint);
        var answer = await judge.JudgeAsync(new TierRequest(Text, null, ["hate"]), TestContext.Current.CancellationToken);
        var after = Enum.GetValues<OnFailure>().ToDictionary(onFailure => onFailure, onFailure =>
        {
            var cascade = LlmRelease.Create(onFailure);
            var begun = cascade.Begin(Text, "en", null);
            Assert.Equal(Verdict.Safe, begun.Verdict.Verdict);
            return cascade.Apply(begun, cascade.Release.Escalations![0], ["hate"], answer.Outcome);
        });
        return new(fault, TierDetail.OutcomeName(answer.Outcome), provider?.Calls ?? 0, after);
    }

    private static string Table(Row[] rows)
    {
        var table = new StringBuilder("""
            # What becomes of a provider's faults

            `dotnet test --project tests/Moderato.Server.Tests -- --filter-class '*ProviderFaultTests'` plays each against the real client and checks this table.
            The content is one that the first tier calls safe with a score that escalates. Calls count requests that reached the provider, with at most
            one repetition allowed; a call is repeated only where nothing was charged for it. By `previousTier` the first tier's own verdict stands, where
            it judged the category; the fault itself gives none.

            | the provider | outcome recorded | calls | `onFailure: review` | `previousTier` | `refuse` |
            |---|---|---|---|---|---|

            """);
        foreach (var row in rows)
        {
            string Where(OnFailure onFailure) => row.After[onFailure] is var state && state.Refused ? "503"
                : $"{state.Verdict.Verdict.ToString().ToLowerInvariant()}, by {(state.Steps[0].Became == OnFailure.Review ? "review" : state.Tier)}";
            table.AppendLine(System.Globalization.CultureInfo.InvariantCulture, $"| {row.Fault.Name} | `{row.Outcome}` | {row.Calls} | {Where(OnFailure.Review)} | {Where(OnFailure.PreviousTier)} | {Where(OnFailure.Refuse)} |");
        }

        return table.ToString();
    }
}
