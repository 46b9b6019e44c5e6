using System.IO.Pipelines;
using System.Net.Http.Headers;
using Moderato.Server.Decisions;
using Moderato.Server.Storage;

namespace Moderato.Cli.Input;

/// <summary>The decisions of a running server, or of its embedded store, read like a file of them.</summary>
public static class LiveDecisions
{
    private const string KeyVariable = "MODERATO_KEY";

    /// <summary>Of the server at an address. Its key comes from the environment, never from an argument.</summary>
    /// <exception cref="InputException">The address or the key is wrong, or nobody answers.</exception>
    public static InputFile OfServer(string address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var server) || server.Scheme is not ("http" or "https"))
        {
            throw new InputException("--from", $"\"{address}\"", "give the server's address, as in http://127.0.0.1:5080");
        }

        string key = Environment.GetEnvironmentVariable(KeyVariable)
            ?? throw new InputException(KeyVariable, "nothing", "set it to a key with the scope admin, since texts are read");
        return new(address, null, InputFormat.JsonLines, () => Open(server, key));
    }

    /// <summary>Of the embedded store in a server's folder; the server may be running.</summary>
    /// <exception cref="InputException">There is no store.</exception>
    public static InputFile OfFolder(string folder)
    {
        string file = Path.Combine(folder, SqliteStore.FileName);
        if (!File.Exists(file))
        {
            throw new InputException("--data", $"there is no {file}", "name the folder that `moderato serve --data` was given");
        }

        return new(file, null, InputFormat.JsonLines, () => Open(file));
    }

    private static Stream Open(Uri server, string key)
    {
        var client = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        try
        {
            var answer = client.Send(new(HttpMethod.Get, new Uri(server, "/v1/decisions/export")), HttpCompletionOption.ResponseHeadersRead);
            return answer.IsSuccessStatusCode
                ? answer.Content.ReadAsStream()
                : throw new InputException("--from", $"{server} answered {(int)answer.StatusCode}", "use a key with the scope admin, and the address of a Moderato server");
        }
        catch (HttpRequestException)
        {
            throw new InputException("--from", $"{server} does not answer", "start the server, or mend the address");
        }
    }

    private static Stream Open(string file)
    {
        var pipe = new Pipe();
        _ = Task.Run(async () =>
        {
            try
            {
                await using var store = new SqliteStore(file);
                await new DecisionExport(store).WriteAsync(pipe.Writer.AsStream(leaveOpen: true), Workspace.DefaultId, null, null, CancellationToken.None);
                await pipe.Writer.CompleteAsync();
            }
            catch (Exception broken)
            {
                await pipe.Writer.CompleteAsync(broken);
            }
        });
        return pipe.Reader.AsStream();
    }
}
