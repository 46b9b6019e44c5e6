namespace Moderato.Statistics.Tests.Properties;

/// <summary>What a statistic has to say to a degenerate input.</summary>
public abstract record Answer
{
    private Answer()
    {
    }

    /// <summary>An <see cref="ArgumentException"/> with a message.</summary>
    public static Answer Refused { get; } = new Refusal();

    /// <summary>The statistic's own way of saying that there is no value; null in the registry.</summary>
    public static Answer Undefined { get; } = new NoValue();

    /// <summary>Some finite value: the input is nothing special to this statistic.</summary>
    public static Answer Any { get; } = new AnyValue();

    public static Answer Is(double value) => new Value(value);

    public sealed record Refusal : Answer;

    public sealed record NoValue : Answer;

    public sealed record AnyValue : Answer;

    public sealed record Value(double Expected) : Answer;
}
