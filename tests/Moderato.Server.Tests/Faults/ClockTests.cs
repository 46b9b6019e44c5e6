using Microsoft.Extensions.Time.Testing;
using Moderato.Server.Tests.Hosting;

namespace Moderato.Server.Tests.Faults;

/// <summary>The clock is set back by an hour, and later forward again.</summary>
public abstract class ClockTests(StoreKind kind) : ServerTest(kind)
{
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 3, 1, 8, 0, 0, TimeSpan.Zero));
    private readonly StoreKind kind = kind;

    public override async ValueTask InitializeAsync() => Server = await RunningServer.StartAsync(kind, time);

    [Fact]
    public async Task Decisions_go_on_none_is_lost_and_counts_stay_true()
    {
        var sender = new Sender("clock");
        foreach (var set in (TimeSpan[])[TimeSpan.Zero, TimeSpan.FromHours(-1), TimeSpan.FromHours(2)])
        {
            time.AdjustTime(time.GetUtcNow() + set);
            for (int i = 0; i < 20; i++)
            {
                Assert.True(await sender.SendAsync(Server.Client));
            }
        }

        await sender.AssertNothingLostAsync(Server.Client);
        Assert.Equal(60, await Recount.AssertEqual(Server.App.Services));
    }

    [Fact]
    public async Task Sequences_ascend_whatever_the_clock_says()
    {
        var ids = new List<long>();
        for (int i = 0; i < 6; i++)
        {
            var answer = await Server.Client.PostJson("/v1/decisions", $$"""{"content": {"id": "c{{i}}", "text": "see you tomorrow"} }""").Body();
            ids.Add(long.Parse(answer.GetProperty("decisions")[0].Text("id")[1..], System.Globalization.CultureInfo.InvariantCulture));
            time.AdjustTime(time.GetUtcNow() - TimeSpan.FromMinutes(10));
        }

        Assert.Equal(ids.Order(), ids);
    }
}

public sealed class ClockOnSqlite() : ClockTests(StoreKind.Sqlite);

public sealed class ClockOnPostgres() : ClockTests(StoreKind.Postgres);
