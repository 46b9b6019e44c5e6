using System.CommandLine;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using Moderato.Cli.Input;
using Moderato.Cli.Output;
using Moderato.Server.Hosting;
using Moderato.Server.Keys;
using Moderato.Server.Storage;

namespace Moderato.Cli.Commands.Releases;

/// <summary>The server whose releases a command is about: a running one by its address, or the store of a stopped one, served in this process while the command runs.</summary>
internal sealed class ReleaseServer : IAsyncDisposable
{
    private const string KeyVariable = "MODERATO_KEY";

    private readonly HttpClient client;
    private readonly WebApplication? own;

    private ReleaseServer(Uri address, string key, WebApplication? own)
    {
        this.own = own;
        client = new HttpClient { BaseAddress = address, Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    public static Option<string?> From { get; } = new("--from") { Description = $"The server's address. Its key is in {KeyVariable}, or in --key-file.", HelpName = "URL" };

    public static Option<string?> Data { get; } = new("--data") { Description = "Instead: the folder of a server that is stopped.", HelpName = "DIR" };

    public static Option<string?> KeyFile { get; } = new("--key-file") { Description = "A file that holds a key.", HelpName = "FILE" };

    /// <exception cref="InputException">Neither or both are named, or what is named is not there.</exception>
    public static async Task<ReleaseServer> OpenAsync(ParseResult parse, Terminal terminal, CancellationToken cancel) => (parse.GetValue(From), parse.GetValue(Data)) switch
    {
        ({ } address, null) => Uri.TryCreate(address, UriKind.Absolute, out var server) && server.Scheme is "http" or "https"
            ? new(server, Key(parse, null), null)
            : throw new InputException("--from", $"\"{address}\"", "give the server's address, as in http://127.0.0.1:5080"),
        (null, { } folder) => await ServeAsync(parse, folder, terminal, cancel),
        _ => throw new InputException("--from", "neither a server nor a folder, or both", "give --from URL for a server that runs, or --data DIR for one that is stopped"),
    };

    /// <summary>What the server answers; null where it has nothing to say.</summary>
    /// <exception cref="InputException">It says what is wrong with what was asked.</exception>
    /// <exception cref="RefusedException">It would not do it as things stand.</exception>
    public async Task<JsonElement> AskAsync(HttpMethod method, string path, string? body, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        try
        {
            using var answer = await client.SendAsync(request, cancel);
            string text = await answer.Content.ReadAsStringAsync(cancel);
            return answer.IsSuccessStatusCode ? JsonElement.Parse(text) : throw Problem(answer.StatusCode, text);
        }
        catch (HttpRequestException)
        {
            throw new InputException("--from", $"{client.BaseAddress} does not answer", "start the server, or mend the address");
        }
    }

    public Task<JsonElement> GetAsync(string path, CancellationToken cancel) => AskAsync(HttpMethod.Get, path, null, cancel);

    public Task<JsonElement> PostAsync<T>(string path, T body, CancellationToken cancel) =>
        AskAsync(HttpMethod.Post, path, JsonSerializer.Serialize(body, Decisions.ContractJson.Compact), cancel);

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        if (own is not null)
        {
            await own.StopAsync();
            await own.DisposeAsync();
        }
    }

    private static async Task<ReleaseServer> ServeAsync(ParseResult parse, string folder, Terminal terminal, CancellationToken cancel)
    {
        if (!File.Exists(Path.Combine(folder, SqliteStore.FileName)))
        {
            throw new InputException("--data", $"there is no {Path.Combine(folder, SqliteStore.FileName)}", "name the folder that `moderato serve --data` was given");
        }

        string key = Key(parse, Path.Combine(folder, AdminKeyFile.Name));
        var (app, _) = await ModeratoServer.CreateAsync(
            new ServerSettings { Data = folder, Urls = ["http://127.0.0.1:0"] }, terminal.Time, builder => builder.Logging.ClearProviders(), cancel);
        await app.StartAsync(cancel);
        return new(new Uri(app.Urls.First()), key, app);
    }

    /// <param name="kept">The file that a stopped server's own key is in.</param>
    private static string Key(ParseResult parse, string? kept)
    {
        if (parse.GetValue(KeyFile) is { } named)
        {
            return File.Exists(named) ? File.ReadAllText(named).Trim() : throw new InputException("--key-file", $"there is no file {named}", "name a file that holds a key");
        }

        return Environment.GetEnvironmentVariable(KeyVariable) is { Length: > 0 } given ? given
            : File.Exists(kept) ? File.ReadAllText(kept).Trim()
            : throw new InputException(KeyVariable, "nothing", "set it to a key, or name a file with --key-file: read to look, admin to change");
    }

    private static Exception Problem(HttpStatusCode status, string text)
    {
        if (!text.StartsWith('{'))
        {
            return new InputException("--from", $"it answered {(int)status}", "give the address of a Moderato server");
        }

        var problem = JsonElement.Parse(text);
        string title = problem.GetProperty("title").GetString() ?? "";
        string? detail = problem.TryGetProperty("detail", out var more) ? more.GetString() : null;
        return status == HttpStatusCode.Conflict ? new RefusedException(title, detail ?? "look at `moderato releases list`")
            : problem.TryGetProperty("errors", out var errors) && errors.GetArrayLength() > 0
                ? new InputException(Of(errors[0], "field"), Of(errors[0], "found"), Of(errors[0], "remedy"))
                : new InputException("the server", title, detail ?? "look at `moderato releases list`");
    }

    private static string Of(JsonElement error, string name) => error.GetProperty(name).GetString() ?? "";
}

/// <summary>The server would not do it as things stand: what was asked for is right, and the answer is no.</summary>
internal sealed class RefusedException(string why, string remedy) : Exception(why)
{
    public string Remedy { get; } = remedy;
}
