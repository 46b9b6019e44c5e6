using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using Moderato.Server.Hosting;

namespace Moderato.Cli.Tests.Commands;

/// <summary><c>moderato releases</c> on the store of a stopped server and on a server that runs.</summary>
public sealed class ReleasesCommandTests : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();
    private string[] stopped = [];

    public async ValueTask InitializeAsync()
    {
        stopped = ["--data", folder["data"], "--key-file", folder["data/admin.key"]];
        await using var server = await Serve();
        await server.StopAsync(TestContext.Current.CancellationToken);
    }

    public ValueTask DisposeAsync()
    {
        folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task An_override_is_a_release_of_its_own_that_is_live_for_a_time_and_a_rollback_ends_it()
    {
        string shipped = Live(await Json("list"));
        var roles = await Json("override", "--category", "hate", "--language", "es", "--for", "48h", "--reason", "incident 7");
        Assert.Equal(shipped, roles.GetProperty("before").GetString());
        var whole = await Json("show", Live(roles));
        Assert.Equal("override", whole.GetProperty("role").GetString());
        var exception = whole.GetProperty("release").GetProperty("thresholds").GetProperty("hate").GetProperty("exceptions")[0];
        Assert.Equal("es", exception.GetProperty("language").GetString());
        Assert.False(exception.GetProperty("cuts").TryGetProperty("blockFrom", out _));
        Assert.Equal(shipped, Live(await Json("rollback", "--reason", "over")));
        Assert.Equal(["rollback", "override", "promote"], (await Json("list")).GetProperty("history").EnumerateArray().Select(change => change.GetProperty("action").GetString()));
    }

    [Fact]
    public async Task A_change_becomes_a_release_that_is_compared_tried_and_promoted()
    {
        await File.WriteAllTextAsync(folder["change.json"], """{"thresholds": {"spam": {"cuts": {"reviewFrom": 0.9}}}}""", TestContext.Current.CancellationToken);
        string made = (await Json("create", "--change", folder["change.json"], "--reason", "fewer reviews")).GetProperty("id").GetString()!;
        Assert.Equal(made, (await Json("shadow", made)).GetProperty("shadow").GetString());
        Assert.Equal(12.5, (await Json("canary", made, "--percent", "12.5")).GetProperty("canary").GetProperty("percent").GetDouble());
        Assert.Equal(0, (await Json("diff", made)).GetProperty("verdicts").GetProperty("contents").GetInt64());
        Assert.Equal(0, (await Json("redecide", made, "--since", "2026-01-01", "--preview")).GetProperty("contents").GetInt64());
        Assert.Equal(made, Live(await Json("promote", made)));

        var (exit, _, error) = await Run([.. (string[])["promote", made], .. stopped]);
        Assert.Equal((ExitCode.AnswerIsNo, true), (exit, error.Contains("live already", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task What_people_read_names_the_release_and_what_it_does()
    {
        string shipped = Live(await Json("list"));
        foreach (string[] verb in (string[][])[["list"], ["show", shipped], ["diff", shipped], ["redecide", shipped, "--since", "2026-01-01", "--preview"], ["redecide", shipped, "--status"]])
        {
            var (exit, output, error) = await Run([.. verb, .. stopped]);
            Assert.True(exit == ExitCode.Done, error);
            Assert.True(verb[0] == "redecide" || output.Contains(shipped, StringComparison.Ordinal), output);
        }
    }

    [Theory]
    [InlineData("--for", "override", "--category", "hate", "--for", "soon")]
    [InlineData("--category", "override", "--category", "anger", "--for", "2h")]
    [InlineData("the server", "promote", "nowhere")]
    [InlineData("--since", "redecide", "x", "--preview")]
    [InlineData("--data", "redecide", "x", "--since", "2026-01-01", "--reason", "why")]
    [InlineData("--bundle", "create")]
    [InlineData("percent", "canary", "x", "--percent", "101")]
    public async Task What_is_wrong_is_named(string place, params string[] verb)
    {
        string live = Live(await Json("list"));
        var (exit, output, error) = await Run([.. verb.Select(word => word == "x" ? live : word), .. stopped]);
        Assert.Equal((ExitCode.WrongInput, ""), (exit, output));
        Assert.StartsWith($"error: {place}:", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_runs_answers_at_its_address()
    {
        await using var server = await Serve();
        var (exit, output, error) = await Run(["list", "--json", "--from", server.Urls.First(), "--key-file", folder["data/admin.key"]]);
        Assert.True(exit == ExitCode.Done, error);
        Assert.NotEmpty(Live(JsonElement.Parse(output)));
        await server.StopAsync(TestContext.Current.CancellationToken);
    }

    private async Task<WebApplication> Serve()
    {
        var (app, _) = await ModeratoServer.CreateAsync(
            new ServerSettings { Data = folder["data"], Urls = ["http://127.0.0.1:0"] }, TimeProvider.System, builder => builder.Logging.ClearProviders(), TestContext.Current.CancellationToken);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }

    private async Task<JsonElement> Json(params string[] verb)
    {
        var (exit, output, error) = await Run([.. verb, "--json", .. stopped]);
        Assert.True(exit == ExitCode.Done, error);
        return JsonElement.Parse(output);
    }

    private static async Task<(int Exit, string Output, string Error)> Run(string[] words)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        int exit = await Program.Run(["releases", .. words], output, error, TimeProvider.System);
        return (exit, output.ToString(), error.ToString());
    }

    private static string Live(JsonElement answer) => answer.GetProperty("live").GetString()!;
}
