using System.Text.Json;
using System.Text.Json.Serialization;

namespace Moderato.Server.Classification;

/// <summary>An endpoint of language models, as the installation knows it. Its key comes from a file or a variable, never from here.</summary>
public sealed record EndpointSettings
{
    /// <summary>Up to and with <c>/v1</c>.</summary>
    public required Uri Url { get; init; }

    /// <summary>Holds the key.</summary>
    public string? KeyFile { get; init; }

    /// <summary>The name of the environment variable that holds the key.</summary>
    public string? KeyVariable { get; init; }

    /// <summary>Content leaves this installation for somebody else's: restricted categories are kept from it.</summary>
    public bool ThirdParty { get; init; } = true;

    /// <summary>Until an answer begins, and again until it is whole.</summary>
    public int TimeoutMs { get; init; } = 20_000;

    public int MostAtOnce { get; init; } = 8;

    /// <summary>Calls that wait for one of these.</summary>
    public int MostWaiting { get; init; } = 200;

    /// <summary>Of a call that nothing was charged for.</summary>
    public int Retries { get; init; } = 2;

    /// <summary>Of a million tokens, in whatever currency one likes; 0 for a model of one's own.</summary>
    public decimal InputPrice { get; init; }

    public decimal OutputPrice { get; init; }

    /// <summary>In the same currency, from midnight UTC to midnight; null: none.</summary>
    public decimal? DailyCeiling { get; init; }

    private static readonly JsonSerializerOptions Reading = new(JsonSerializerDefaults.Web)
    {
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <param name="json">An object of endpoints by name.</param>
    /// <returns>Null where it is none, or one of them has an error.</returns>
    public static IReadOnlyDictionary<string, EndpointSettings>? ReadAll(string json)
    {
        try
        {
            var endpoints = JsonSerializer.Deserialize<Dictionary<string, EndpointSettings>>(json, Reading);
            return endpoints?.Values.All(endpoint => endpoint is not null && !endpoint.Errors().Any()) == true ? endpoints : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>What is wrong with it, if anything.</summary>
    public IEnumerable<string> Errors()
    {
        if (!Url.IsAbsoluteUri || Url.Scheme is not ("http" or "https"))
        {
            yield return $"url is {Url}: give an address such as http://127.0.0.1:8000/v1";
        }

        if (KeyFile is not null && !File.Exists(KeyFile))
        {
            yield return $"keyFile is {KeyFile}, which is not there: give the path of a file that holds the key";
        }

        if (TimeoutMs is < 100 or > 600_000)
        {
            yield return $"timeoutMs is {TimeoutMs}: give 100 to 600,000";
        }

        if (MostAtOnce is < 1 or > 1_000 || MostWaiting is < 0 or > 100_000)
        {
            yield return $"mostAtOnce is {MostAtOnce} and mostWaiting {MostWaiting}: give 1 to 1,000 and 0 to 100,000";
        }

        if (Retries is < 0 or > 5)
        {
            yield return $"retries is {Retries}: give 0 to 5";
        }

        if (InputPrice < 0 || OutputPrice < 0 || DailyCeiling < 0)
        {
            yield return "a price or the ceiling is negative: give 0 or more";
        }
    }

    /// <summary>In millionths.</summary>
    public long CostMicros(long inputTokens, long outputTokens) => (long)Math.Ceiling((inputTokens * InputPrice) + (outputTokens * OutputPrice));
}
