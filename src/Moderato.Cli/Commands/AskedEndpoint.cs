using Moderato.Cli.Input;
using Moderato.Server.Classification;

namespace Moderato.Cli.Commands;

/// <summary>An endpoint of an llm tier as arguments name it.</summary>
/// <param name="Seconds">Until an answer begins, and again until it is whole.</param>
/// <param name="AtOnce">Contents that it is asked about at the same time.</param>
internal sealed record AskedEndpoint(string? Url, string? KeyFile, double Seconds, int AtOnce)
{
    /// <exception cref="InputException">Names the argument that is wrong.</exception>
    public EndpointConnection Connect(TimeProvider time)
    {
        if (!Uri.TryCreate(Url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            throw new InputException("--url", Url is null ? "not given, and the tier is an llm" : $"\"{Url}\"", "give its endpoint, such as http://127.0.0.1:8000/v1");
        }

        if (Seconds is not (>= 0.1 and <= 600))
        {
            throw new InputException("--timeout", FormattableString.Invariant($"{Seconds}"), "give 0.1 to 600 seconds");
        }

        if (AtOnce is < 1 or > 1_000)
        {
            throw new InputException("--at-once", FormattableString.Invariant($"{AtOnce}"), "give 1 to 1000");
        }

        string? key = KeyFile is null ? null : File.Exists(KeyFile) ? File.ReadAllText(KeyFile).Trim()
            : throw new InputException("--key-file", $"there is no file {KeyFile}", "give a file that holds the endpoint's key");

        // Prompts of one content may be several, so more wait than are asked about at once.
        return new(new EndpointSettings { Url = address, TimeoutMs = (int)(Seconds * 1000), MostAtOnce = AtOnce, MostWaiting = 100_000 }, key, time);
    }
}
