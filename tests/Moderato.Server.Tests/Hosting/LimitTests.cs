using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Moderato.Server.Keys;
using Moderato.Server.Storage;

namespace Moderato.Server.Tests.Hosting;

public abstract class LimitTests(StoreKind kind) : ServerTest(kind)
{
    /// <summary>Whoever adds to these adds to <c>docs/security.md</c>.</summary>
    private static readonly string[] Open = ["health", "openapi", "scalar", "sign-in", "$discovery", "static", "assets"];

    [Fact]
    public void No_folder_is_watched_for_settings_that_change()
    {
        var configuration = (IConfigurationRoot)Server.App.Services.GetRequiredService<IConfiguration>();
        Assert.DoesNotContain(configuration.Providers.OfType<FileConfigurationProvider>(), provider => provider.Source.ReloadOnChange);
    }

    [Fact]
    public void Every_endpoint_needs_a_scope_or_is_on_the_list_of_open_ones()
    {
        var endpoints = Server.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().ToList();
        Assert.NotEmpty(endpoints);
        Assert.All(endpoints, endpoint =>
        {
            string path = endpoint.RoutePattern.RawText!.TrimStart('/');
            bool open = endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null;
            Assert.True(open || endpoint.Metadata.GetMetadata<NeededScope>() is not null, $"/{path} names no scope");
            Assert.True(!open || Open.Any(prefix => path.StartsWith(prefix, StringComparison.Ordinal)), $"/{path} is open and not on the list");
        });
    }

    [Fact]
    public async Task Every_answer_forbids_caching_and_names_no_server()
    {
        foreach (string path in (string[])["/v1/decisions", "/v1/nowhere", "/health/live"])
        {
            using var answer = await Server.Client.GetAsync(path, Cancel);
            Assert.True(answer.Headers.CacheControl?.NoStore, path);
            Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
            Assert.Empty(answer.Headers.Server);
        }
    }

    [Fact]
    public async Task A_body_beyond_the_limit_is_413_and_TRACE_is_refused()
    {
        // Asks first, as a client that knows how much it sends should: else it may be cut off before it reads the answer.
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/decisions") { Content = new ByteArrayContent(new byte[33 * 1024 * 1024]) };
        request.Headers.ExpectContinue = true;
        var problem = await Server.Client.SendAsync(request, Cancel).Body(HttpStatusCode.RequestEntityTooLarge);
        Assert.Equal("urn:moderato:problem:too-large", problem.Text("type"));
        using var trace = await Server.Client.SendAsync(new(HttpMethod.Trace, "/v1/decisions"), Cancel);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, trace.StatusCode);
    }

    [Fact]
    public async Task A_text_of_10_MB_is_refused_by_name_and_not_repeated()
    {
        string text = new('a', 10_000_000);
        var problem = await Server.Client.PostJson("/v1/decisions", $$"""{"content": {"id": "c", "text": "{{text}}"} }""").Body(HttpStatusCode.BadRequest);
        Assert.Equal(("text", "10000000 characters"), (problem.GetProperty("errors")[0].Text("field"), problem.GetProperty("errors")[0].Text("found")));
    }

    [Fact]
    public async Task Another_workspace_sees_nothing()
    {
        var decided = await Server.Client.PostJson("/v1/decisions", """{"content": {"id": "c1", "text": "hello"}}""").Body();
        var store = Server.App.Services.GetRequiredService<Store>();
        string key = NewKey.Create();
        await using (var state = store.State())
        {
            var other = new Workspace { Name = "other", Created = TimeProvider.System.GetUtcNow(), AuthorSecret = new byte[32] };
            state.Workspaces.Add(other);
            await state.SaveChangesAsync(Cancel);
            state.Keys.Add(new() { Workspace = other.Id, Name = "k", Hash = NewKey.Hash(key), Scopes = Scopes.Admin, Created = TimeProvider.System.GetUtcNow() });
            await state.SaveChangesAsync(Cancel);
        }

        await Server.App.Services.GetRequiredService<KeyRing>().ReloadAsync(Cancel);
        await Server.App.Services.GetRequiredService<Workspaces>().ReloadAsync(Cancel);
        using var client = Server.ClientOf(key);
        Assert.Empty((await client.GetAsync("/v1/decisions", Cancel).Body()).GetProperty("decisions").EnumerateArray());
        await client.GetAsync($"/v1/decisions/{decided.GetProperty("decisions")[0].Text("id")}", Cancel).Body(HttpStatusCode.NotFound);
        Assert.Equal(0, (await client.PostJson("/v1/erasures", """{"contentId": "c1"}""").Body()).GetProperty("erased").GetInt32());
        Assert.Equal("k", Assert.Single((await client.GetAsync("/v1/keys", Cancel).Body()).GetProperty("keys").EnumerateArray()).Text("name"));
        Assert.Equal(404, (await client.PostJson("/v1/actions", """{"actions": [{"contentId": "c1", "action": "removed"}]}""").Body()).GetProperty("errors")[0].GetProperty("status").GetInt32());
    }
}

public sealed class LimitsOnSqlite() : LimitTests(StoreKind.Sqlite);

public sealed class LimitsOnPostgres() : LimitTests(StoreKind.Postgres);
