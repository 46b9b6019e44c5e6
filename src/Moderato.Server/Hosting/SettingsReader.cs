using System.Globalization;
using System.Net;
using System.Text.Json;
using Moderato.Server.Classification;

namespace Moderato.Server.Hosting;

/// <summary>
/// Settings from <c>moderato.json</c>, then <c>MODERATO_*</c> variables, then arguments; a later one wins. Everything that is
/// wrong is reported at once, each with its place, what was found and what would be right. A secret's value is never repeated.
/// </summary>
public static class SettingsReader
{
    public const string FileName = "moderato.json";

    private const string VariablePrefix = "MODERATO_";

    /// <summary>What a client of a server reads; it may be set where a server starts.</summary>
    private const string ClientKey = "MODERATO_KEY";

    private static readonly IReadOnlyList<Setting> All =
    [
        new("data", "a folder", (settings, value) => value.Length > 0 ? settings with { Data = Path.GetFullPath(value) } : null),
        new("urls", "one or more of http://HOST:PORT, separated by semicolons", Urls),
        new("storage", "a PostgreSQL connection string", (settings, value) => value.Contains('=') ? settings with { Storage = value } : null) { Secret = true },
        new("storageFile", "a file that holds a PostgreSQL connection string", (settings, value) => File.Exists(value) ? settings with { Storage = File.ReadAllText(value).Trim() } : null),
        new("mostWaitingDecisions", "a whole number from 1,000 to 1,000,000", Whole(1_000, 1_000_000, (settings, n) => settings with { MostWaitingDecisions = (int)n })),
        new("mostSurfaces", "a whole number from 1 to 10,000", Whole(1, 10_000, (settings, n) => settings with { MostSurfaces = (int)n })),
        new("mostBodyBytes", "a whole number from 1,000,000 to 1,000,000,000", Whole(1_000_000, 1_000_000_000, (settings, n) => settings with { MostBodyBytes = n })),
        new("requestsPerSecond", "a whole number from 1 to 1,000,000", Whole(1, 1_000_000, (settings, n) => settings with { RequestsPerSecond = (int)n })),
        new("textRetentionDays", "a whole number of days from 1 to 36,500", Whole(1, 36_500, (settings, n) => settings with { TextRetentionDays = (int)n })),
        new("certificate", "a PEM file with a certificate", (settings, value) => File.Exists(value) ? settings with { Certificate = Path.GetFullPath(value) } : null),
        new("certificateKey", "a PEM file with a private key", (settings, value) => File.Exists(value) ? settings with { CertificateKey = Path.GetFullPath(value) } : null),
        new("models", "a folder that is there", (settings, value) => Directory.Exists(value) ? settings with { Models = Path.GetFullPath(value) } : null),
        new("endpoints", "an object such as {\"default\": {\"url\": \"http://127.0.0.1:8000/v1\", \"keyFile\": \"/run/secrets/llm\"}}, see docs/tiers.md", (settings, value) =>
            EndpointSettings.ReadAll(value) is { } endpoints ? settings with { Endpoints = endpoints } : null),
        new("eventRetentionDays", "a whole number of days from 2 to 3,650", Whole(2, 3_650, (settings, n) => settings with { EventRetentionDays = (int)n })),
        new("webhookNetworks", "networks such as 10.1.0.0/16, separated by semicolons", (settings, value) =>
            Networks(value) is { } networks ? settings with { WebhookNetworks = networks } : null),
        new("otlp", "an address such as http://127.0.0.1:4317", (settings, value) =>
            Uri.TryCreate(value, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" ? settings with { Otlp = address } : null),
    ];

    /// <param name="file">What <c>moderato.json</c> holds; null when there is none.</param>
    /// <param name="variables">The process's environment.</param>
    /// <param name="arguments">By setting name.</param>
    public static SettingsOutcome Read(string? file, IReadOnlyDictionary<string, string> variables, IReadOnlyDictionary<string, string> arguments)
    {
        var errors = new List<SettingError>();
        var settings = new ServerSettings { Data = Path.GetFullPath("moderato-data") };
        foreach (var given in OfFile(file, errors).Concat(OfVariables(variables, errors)).Concat(OfArguments(arguments)))
        {
            if (given.Setting.Apply(settings, given.Value) is { } next)
            {
                settings = next;
            }
            else
            {
                errors.Add(new(given.Place, given.Setting.Secret ? "a value that is not right" : $"\"{given.Value}\"", $"give {given.Setting.Right}"));
            }
        }

        if ((settings.Certificate is null) != (settings.CertificateKey is null))
        {
            errors.Add(new("certificate", "one of certificate and certificateKey", "give both, or neither"));
        }

        return errors.Count == 0 ? new SettingsOutcome.Read(settings) : new SettingsOutcome.Wrong(errors);
    }

    private static IEnumerable<Given> OfFile(string? file, List<SettingError> errors)
    {
        if (file is null)
        {
            return [];
        }

        var given = new List<Given>();
        try
        {
            using var document = JsonDocument.Parse(file, new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                errors.Add(new(FileName, "no object", "write { \"urls\": \"http://127.0.0.1:5080\" }"));
                return given;
            }

            foreach (var member in document.RootElement.EnumerateObject())
            {
                if (Find(member.Name) is { } setting)
                {
                    given.Add(new(setting, member.Value.ToString(), $"{FileName}, {member.Name}"));
                }
                else
                {
                    errors.Add(Unknown($"{FileName}, {member.Name}"));
                }
            }
        }
        catch (JsonException wrong)
        {
            errors.Add(new($"{FileName}, line {wrong.LineNumber + 1}", "no JSON", "mend it at this place"));
        }

        return given;
    }

    private static IEnumerable<Given> OfVariables(IReadOnlyDictionary<string, string> variables, List<SettingError> errors)
    {
        var given = new List<Given>();
        foreach (var (name, value) in variables.Where(one => one.Key.StartsWith(VariablePrefix, StringComparison.OrdinalIgnoreCase) && one.Key != ClientKey).OrderBy(one => one.Key, StringComparer.Ordinal))
        {
            if (Find(name[VariablePrefix.Length..].Replace("_", "", StringComparison.Ordinal)) is { } setting)
            {
                given.Add(new(setting, value, name));
            }
            else
            {
                errors.Add(Unknown(name));
            }
        }

        return given;
    }

    private static IEnumerable<Given> OfArguments(IReadOnlyDictionary<string, string> arguments) =>
        arguments.Select(one => new Given(Find(one.Key)!, one.Value, $"--{one.Key}"));

    private static Setting? Find(string name) => All.FirstOrDefault(setting => setting.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static SettingError Unknown(string place) => new(place, "an unknown setting", $"use one of {string.Join(", ", All.Select(setting => setting.Name))}");

    private static ServerSettings? Urls(ServerSettings settings, string value)
    {
        string[] urls = value.Split([';', ','], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return urls.Length > 0 && urls.All(url => Uri.TryCreate(url.Replace("://*", "://any", StringComparison.Ordinal).Replace("://+", "://any", StringComparison.Ordinal), UriKind.Absolute, out var address)
            && address.Scheme is "http" or "https" && address.AbsolutePath == "/")
            ? settings with { Urls = urls }
            : null;
    }

    private static List<IPNetwork>? Networks(string value)
    {
        var networks = new List<IPNetwork>();
        foreach (string one in value.Split([';', ','], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!IPNetwork.TryParse(one, out var network))
            {
                return null;
            }

            networks.Add(network);
        }

        return networks;
    }

    private static Func<ServerSettings, string, ServerSettings?> Whole(long least, long most, Func<ServerSettings, long, ServerSettings> set) =>
        (settings, value) => long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) && number >= least && number <= most
            ? set(settings, number)
            : null;

    private sealed record Setting(string Name, string Right, Func<ServerSettings, string, ServerSettings?> Apply)
    {
        public bool Secret { get; init; }
    }

    private sealed record Given(Setting Setting, string Value, string Place);
}

/// <summary>A setting that cannot be used.</summary>
public sealed record SettingError(string Place, string Found, string Remedy);

/// <summary>Settings, or everything that is wrong with them.</summary>
public abstract record SettingsOutcome
{
    private SettingsOutcome()
    {
    }

    public sealed record Read(ServerSettings Settings) : SettingsOutcome;

    public sealed record Wrong(IReadOnlyList<SettingError> Errors) : SettingsOutcome;
}
