using Microsoft.Extensions.Logging;

namespace Moderato.Server.Tests.Hosting;

/// <summary>What the server writes to its log and its metrics holds neither content nor keys.</summary>
public sealed class SecrecyTests
{
    private const string Secret = "the-very-secret-text";

    [Theory]
    [InlineData(StoreKind.Sqlite)]
    [InlineData(StoreKind.Postgres)]
    public async Task Neither_content_nor_keys_nor_authors_reach_the_log_or_the_metrics(StoreKind kind)
    {
        var log = new MemoryLog();
        await using var server = await RunningServer.StartAsync(kind, adjust: builder => builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Trace).AddProvider(log));
        var cancel = TestContext.Current.CancellationToken;
        foreach (string body in (string[])[
            $$"""{"content": {"id": "c1", "text": "{{Secret}}", "author": "author-secret"} }""",
            $$"""{"content": {"id": "c1", "text": "{{Secret}} again", "author": "author-secret"} }""",
            $$"""{"content": {"id": "c2", "text": "{{Secret}}", "surface": 5} }""",
            $"{{\"content\": {Secret}"])
        {
            using var _ = await server.Client.PostJson("/v1/decisions", body);
        }

        using var wrong = server.ClientOf("mod_" + Secret);
        using var refused = await wrong.GetAsync("/v1/decisions", cancel);
        using var search = await server.Client.GetAsync("/v1/decisions?author=author-secret", cancel);
        string metrics = await server.Client.GetStringAsync("/metrics", cancel);
        Assert.Contains("moderato_decisions_total", metrics, StringComparison.Ordinal);

        Assert.NotEmpty(log.Lines);
        Assert.All(log.Lines.Select(line => line.Text).Append(metrics), line =>
        {
            Assert.DoesNotContain(Secret, line, StringComparison.Ordinal);
            Assert.DoesNotContain(server.AdminKey, line, StringComparison.Ordinal);
        });
    }
}
