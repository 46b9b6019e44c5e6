using System.Collections;
using System.CommandLine;
using System.Runtime.InteropServices;
using Moderato.Cli.Output;
using Moderato.Server.Hosting;
using Moderato.Server.Keys;

namespace Moderato.Cli.Commands;

/// <summary><c>moderato serve</c>: the server, until Ctrl-C or SIGTERM.</summary>
public static class ServeCommand
{
    private static readonly Option<string?> Data = new("--data") { Description = "Folder of the embedded store and the first admin key.", HelpName = "DIR" };

    private static readonly Option<string?> Urls = new("--urls")
    {
        Description = $"Addresses to listen on, separated by semicolons; {ServerSettings.DefaultUrl} without it.",
        HelpName = "URLS",
    };

    private static readonly Option<string?> Config = new("--config")
    {
        Description = $"File of settings; {SettingsReader.FileName} in this folder without it, where there is one.",
        HelpName = "FILE",
    };

    public static Command Create(Terminal terminal)
    {
        var command = new VerbCommand(
            "serve", "The server: verdicts by HTTP, each kept before it is answered.",
            "moderato serve --data ./moderato-data",
            "MODERATO_STORAGE='Host=db;Database=moderato;Username=moderato' moderato serve --urls http://0.0.0.0:5080")
            .Does((parse, cancel) => Run(parse, terminal, cancel).GetAwaiter().GetResult());
        command.Options.Add(Data);
        command.Options.Add(Urls);
        command.Options.Add(Config);
        return command;
    }

    private static async Task<int> Run(ParseResult parse, Terminal terminal, CancellationToken cancel)
    {
        switch (SettingsReader.Read(ConfigFile(parse.GetValue(Config)), Variables(), Arguments(parse)))
        {
            case SettingsOutcome.Wrong(var errors):
                foreach (var error in errors)
                {
                    await terminal.Error.WriteLineAsync($"error: {error.Place}: {error.Found}\n  try: {error.Remedy}");
                }

                return ExitCode.WrongInput;
            case SettingsOutcome.Read(var settings):
                return await Serve(settings, terminal, cancel);
            default:
                throw new InvalidOperationException("Settings are read or wrong.");
        }
    }

    private static async Task<int> Serve(ServerSettings settings, Terminal terminal, CancellationToken cancel)
    {
        SpareThreads();
        var (app, adminKey) = await ModeratoServer.CreateAsync(settings, terminal.Time, cancel: cancel);
        await using var _ = app;
        if (adminKey is not null)
        {
            string file = Path.Combine(settings.Data, AdminKeyFile.Name);
            terminal.Note(terminal.ErrorIsWatched ? $"The admin key is {adminKey}\n  kept in {file}, shown this once" : file);
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        using var term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
        {
            signal.Cancel = true;
            stop.Cancel();
        });
        await app.StartAsync(cancel);
        terminal.Note($"Listening on {string.Join(" and ", app.Urls)}; Ctrl-C stops it");
        await Task.Delay(Timeout.Infinite, stop.Token).ContinueWith(_ => { }, TaskScheduler.Default);
        await app.StopAsync(CancellationToken.None);
        return ExitCode.Done;
    }

    /// <summary>
    /// A query keeps its thread until it has its rows, as SQLite has no other way: some that are long must not keep decisions waiting until
    /// the pool grows by itself, half a second for each thread.
    /// </summary>
    private static void SpareThreads()
    {
        ThreadPool.GetMinThreads(out int workers, out int ports);
        ThreadPool.SetMinThreads(Math.Max(workers, 2 * Environment.ProcessorCount), ports);
    }

    private static string? ConfigFile(string? named)
    {
        if (named is not null && !File.Exists(named))
        {
            throw new Input.InputException("--config", $"there is no file {named}", "name a file of settings, or leave it out");
        }

        return named is not null ? File.ReadAllText(named)
            : File.Exists(SettingsReader.FileName) ? File.ReadAllText(SettingsReader.FileName)
            : null;
    }

    private static Dictionary<string, string> Variables() => Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
        .ToDictionary(one => (string)one.Key, one => (string?)one.Value ?? "");

    private static Dictionary<string, string> Arguments(ParseResult parse)
    {
        var arguments = new Dictionary<string, string>();
        foreach (var (name, option) in (ReadOnlySpan<(string, Option<string?>)>)[("data", Data), ("urls", Urls)])
        {
            if (parse.GetValue(option) is { } value)
            {
                arguments.Add(name, value);
            }
        }

        return arguments;
    }
}
