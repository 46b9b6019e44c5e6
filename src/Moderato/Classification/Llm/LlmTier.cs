namespace Moderato.Classification.Llm;

/// <summary>
/// The <c>llm</c> tier of a release: all that its judgement depends on. Where the endpoint is, what it costs and how long one
/// waits for it is the installation's to say.
/// </summary>
public sealed record LlmTier
{
    /// <summary>As the endpoint names it.</summary>
    public required string Model { get; init; }

    /// <summary>The name of one that is shipped, or of <see cref="OwnAdapter"/>.</summary>
    public required string Adapter { get; init; }

    /// <summary>An adapter that is not shipped, whole; null to use the shipped one.</summary>
    public Adapter? OwnAdapter { get; init; }

    /// <summary>The name of the endpoint in the installation's configuration.</summary>
    public string Endpoint { get; init; } = "default";

    /// <summary>How often a content is asked about where the endpoint gives no probabilities of tokens; with one sample the model's own word has to do.</summary>
    public int Samples { get; init; } = 1;

    /// <summary>0 for a single sample.</summary>
    public double Temperature { get; init; }

    /// <summary>UTF-16 units of content and context together. Longer content is not asked about: what is cut off would never be judged.</summary>
    public int MostCharacters { get; init; } = 16_000;

    /// <summary>Whether e-mail addresses, phone and account numbers are replaced before content leaves.</summary>
    public bool Redact { get; init; } = true;

    /// <summary>What is wrong with it, if anything.</summary>
    public IEnumerable<string> Errors()
    {
        if (Samples is < 1 or > 25)
        {
            yield return $"samples is {Samples}: give 1 to 25";
        }

        if (Temperature is not (>= 0 and <= 2))
        {
            yield return $"temperature is {Temperature}: give 0 to 2";
        }

        if (Samples > 1 && Temperature == 0)
        {
            yield return "several samples at temperature 0 are one sample: give a temperature, such as 0.7";
        }

        if (MostCharacters < 1)
        {
            yield return $"mostCharacters is {MostCharacters}: give a positive number";
        }
    }
}
